package io.posthorn.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The live heap of another JVM after a full collection, as {@code jcmd} counts it. */
final class HeapHistogram {
    private HeapHistogram() {}

    /** @param jdk of the server, whose own {@code jcmd} knows it best */
    static long liveBytes(Path jdk, long pid) {
        List<String> command = List.of(jdk.resolve("bin/jcmd").toString(), Long.toString(pid), "GC.class_histogram");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return total(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new BenchException("jcmd could not be started: " + failed.getMessage(), failed);
        }
    }

    /** Of the histogram's last line: {@code Total  instances  bytes}. */
    static long total(String histogram) {
        return histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length == 3)
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst()
                .orElseThrow(() -> new BenchException(
                        "jcmd says no total: " + histogram.lines().findFirst().orElse("nothing at all")));
    }
}
