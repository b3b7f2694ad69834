package io.posthorn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which processor the server has and which the load has, each for itself: none where that cannot be.
 *
 * @param server the words before the server's command
 * @param load the words before the load generator's command
 */
record Cores(List<String> server, List<String> load, String description) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LIST = "Cpus_allowed_list:";

    boolean arePinned() {
        return !server.isEmpty();
    }

    /** The first two that this process may use. */
    static Cores ofThisMachine() {
        if (!Files.isReadable(STATUS)) {
            return of(List.of(), false);
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            String allowed =
                    lines.filter(line -> line.startsWith(LIST)).findFirst().orElse(LIST);
            return of(parse(allowed.substring(LIST.length()).trim()), hasTaskset());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Cores of(List<Integer> allowed, boolean hasTaskset) {
        if (!hasTaskset) {
            return unpinned("there is no taskset here");
        }
        if (allowed.size() < 2) {
            return unpinned("there is only one processor");
        }
        return new Cores(
                List.of("taskset", "-c", allowed.get(0).toString()),
                List.of("taskset", "-c", allowed.get(1).toString()),
                "The server has processor " + allowed.get(0) + " and the load has processor " + allowed.get(1) + ".");
    }

    /** The numbers of a list such as {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        return list.isEmpty()
                ? List.of()
                : Stream.of(list.split(",")).flatMap(Cores::range).toList();
    }

    private static Stream<Integer> range(String range) {
        int[] ends = Stream.of(range.split("-")).mapToInt(Integer::parseInt).toArray();
        OptionalInt last = IntStream.of(ends).max();
        return IntStream.rangeClosed(ends[0], last.orElse(ends[0])).boxed();
    }

    private static Cores unpinned(String reason) {
        return new Cores(
                List.of(),
                List.of(),
                "SERVER AND LOAD ARE NOT KEPT APART: " + reason + ". They took processor time from each other, and no"
                        + " figure here can be compared with others.");
    }

    private static boolean hasTaskset() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    }
}
