package io.posthorn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures come from. */
record Machine(String processor, int processors, long memoryMib, String kernel) {

    static Machine ofThis() {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name").replaceAll("\\s+", " "),
                Runtime.getRuntime().availableProcessors(),
                kib(field(Path.of("/proc/meminfo"), "MemTotal")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    @Override
    public String toString() {
        return processors + " processors (" + processor + "), " + memoryMib + " MiB, " + kernel;
    }

    private static String field(Path file, String name) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static long kib(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
