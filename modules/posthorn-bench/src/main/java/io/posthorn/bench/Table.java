package io.posthorn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of Markdown that can be read as it is, in a terminal, too: its columns stand below each other. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> header) {
        rows.add(header);
    }

    void add(List<String> row) {
        rows.add(row);
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
        List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        List<List<String>> all = new ArrayList<>(rows);
        all.add(1, rule);
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
