package io.posthorn.playground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of the documentation.
 *
 * @param place file and line, for the reader
 * @param language what stands behind the fence
 * @param note the lines of the {@code <!-- sample ... -->} before it
 * @param text the lines between the fences
 */
record FencedBlock(String place, String language, List<String> note, String text) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- sample:?(?<note>.*?)-->\\s*)?^```(?<language>\\w+)\n(?<text>.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);
    static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();

    /** The file that it stands in. */
    String file() {
        return place.substring(0, place.lastIndexOf(':'));
    }

    /** The blocks of the Markdown files at the root and in {@code docs}. */
    static List<FencedBlock> all() {
        List<FencedBlock> blocks = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(file -> blocks.addAll(of(file)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return blocks;
    }

    static List<FencedBlock> of(String file) {
        return of(ROOT.resolve(file));
    }

    private static List<FencedBlock> of(Path file) {
        List<FencedBlock> blocks = new ArrayList<>();
        String text = read(file);
        for (Matcher matcher = BLOCK.matcher(text); matcher.find(); ) {
            long line = text.substring(0, matcher.start("language")).lines().count();
            String note = matcher.group("note");
            blocks.add(new FencedBlock(
                    ROOT.relativize(file) + ":" + line,
                    matcher.group("language"),
                    note == null
                            ? List.of()
                            : note.strip().lines().map(String::strip).toList(),
                    matcher.group("text")));
        }
        return blocks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
