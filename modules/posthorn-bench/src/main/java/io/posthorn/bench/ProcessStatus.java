package io.posthorn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux says of another process. */
final class ProcessStatus {
    private ProcessStatus() {}

    /** The memory that it has in RAM, in KiB; 0 where that is not told. */
    static long residentKib(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return resident(lines);
        } catch (IOException gone) {
            throw new BenchException("the server has ended", gone);
        }
    }

    /** Of the line {@code VmRSS:  123 kB}. */
    static long resident(Stream<String> status) {
        return status.filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElse(0);
    }
}
