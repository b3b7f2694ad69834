package io.posthorn.playground;

import io.posthorn.http.StaticFiles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One small page for each way to read the clock, whole in a file, with its script inside. The browser runs these scripts by
 * their hashes (CSP 3, 2.3.1), and no other.
 */
final class PlainPages {
    static final List<String> NAMES = List.of(
            "short-polling",
            "long-polling",
            "iframe",
            "iframe-message",
            "event-source",
            "event-source-open",
            "websocket");

    private static final String FOLDER = "web/plain";
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    private PlainPages() {}

    /** The pages, of which only this server's own may show one in a frame. */
    static StaticFiles files() {
        String policy = "default-src 'none'; connect-src 'self'; frame-src 'self'; script-src " + hashes(SCRIPT)
                + "; style-src " + hashes(STYLE)
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
        return StaticFiles.fromClassPath(FOLDER)
                .withHeader("Content-Security-Policy", policy)
                .withHeader("Referrer-Policy", "no-referrer");
    }

    private static String hashes(Pattern element) {
        return NAMES.stream()
                .flatMap(name -> element.matcher(source(name)).results())
                .map(match -> "'sha256-" + hash(match.group(1)) + "'")
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String source(String name) {
        String path = "/" + FOLDER + "/" + name + ".html";
        try (InputStream file = PlainPages.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("no " + path + " on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String hash(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }
}
