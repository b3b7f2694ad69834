package io.posthorn.bench;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things lie.
 *
 * @param root the project's
 * @param out where the results go
 * @param jdk25 null where there is none
 */
record Places(
        Path root,
        Path out,
        Path loadGenerator,
        Path jdk17,
        @Nullable Path jdk25) {

    private static final Path JVMS = Path.of("/usr/lib/jvm");

    /** The JDK that runs this program is the one that runs the servers; a JDK 25 is looked for, if none is named. */
    static Places of(Path root, Path out, @Nullable Path jdk25) {
        return new Places(
                root,
                out,
                root.resolve("modules/posthorn-bench/target/posthorn-load"),
                Path.of(System.getProperty("java.home")),
                jdk25 == null ? installed("25") : jdk25.toAbsolutePath());
    }

    private static @Nullable Path installed(String feature) {
        if (!Files.isDirectory(JVMS)) {
            return null;
        }
        try (Stream<Path> found = Files.list(JVMS)) {
            return found.filter(jdk -> Files.isExecutable(jdk.resolve("bin/jcmd")))
                    .filter(jdk -> Versions.jdk(jdk).startsWith("JDK " + feature))
                    .sorted()
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            return null;
        }
    }

    Path log(String name) {
        return out.resolve("logs").resolve(name + ".log");
    }

    /** The folder of the JDK that runs a server; null for what no JDK runs, and for a JDK that is not here. */
    @Nullable
    Path jdk(Platform platform) {
        return switch (platform) {
            case JDK_17 -> jdk17;
            case JDK_25 -> jdk25;
            case NODE, BUN, NGINX -> null;
        };
    }

    /** A server's command, complete. */
    List<String> fill(Server server, int port) {
        Path jdk = jdk(server.platform());
        return server.command().stream()
                .map(word -> word.replace("{root}", root.toString())
                        .replace("{port}", Integer.toString(port))
                        .replace(
                                "{folder}",
                                out.resolve("logs").resolve(server.name()).toString())
                        .replace(
                                "{java}",
                                jdk == null ? "java" : jdk.resolve("bin/java").toString()))
                .toList();
    }
}
