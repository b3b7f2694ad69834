package io.posthorn.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code --list} prints. */
final class Listing {
    private Listing() {}

    static String text() {
        Stream<String> cases = Cases.ALL.stream().map(each -> line(each.name(), each.title() + ". " + each.what()));
        Stream<String> servers = Servers.ALL.stream().map(each -> line(each.name(), each.title()));
        return Stream.of(List.of("Cases").stream(), cases, List.of("", "Servers").stream(), servers)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String name, String words) {
        return String.format("  %-20s %s", name, words);
    }
}
