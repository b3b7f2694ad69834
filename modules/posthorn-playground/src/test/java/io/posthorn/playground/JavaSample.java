package io.posthorn.playground;

import io.posthorn.Posthorn;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statements of the documentation as a program. Their imports are hoisted, the API is imported besides; where they use a
 * {@code posthorn}, or an {@code io} for Socket.IO, and do not make it, they are given one; and their server listens on a
 * free port.
 */
final class JavaSample {
    private static final Pattern IMPORT = Pattern.compile("^import .*;$", Pattern.MULTILINE);
    private static final Pattern PORT = Pattern.compile("listen\\(\\d+\\)");
    private static final Pattern USES_IO = Pattern.compile("\\bio\\.(?!posthorn)");
    private static final String API = """
            import io.posthorn.*;
            import io.posthorn.engineio.*;
            import io.posthorn.feed.*;
            import io.posthorn.http.*;
            import io.posthorn.json.*;
            import io.posthorn.loop.*;
            import io.posthorn.socketio.*;
            import io.posthorn.transport.*;
            import io.posthorn.websocket.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            """;

    private final Path folder;
    private final String source;

    JavaSample(Path folder, String statements) {
        this.folder = folder;
        String imports = IMPORT.matcher(statements)
                .results()
                .map(found -> found.group() + "\n")
                .collect(Collectors.joining());
        String body = PORT.matcher(IMPORT.matcher(statements).replaceAll("")).replaceAll("listen(0)");
        this.source = API + imports
                + "public final class Sample implements java.util.concurrent.Callable<Posthorn> {\n"
                + "@Override public Posthorn call() throws Exception {\n"
                + given(body) + body
                + "return posthorn;\n}\n}\n";
    }

    private static String given(String body) {
        String posthorn = body.contains("Posthorn posthorn =") ? "" : "Posthorn posthorn = Posthorn.create();\n";
        boolean usesIo = USES_IO.matcher(body).find() && !body.contains("SocketIo io =");
        return usesIo ? posthorn + "SocketIo io = posthorn.socketIo();\n" : posthorn;
    }

    /** Fails where the compiler finds anything to say. */
    void compile() throws IOException {
        Path file = Files.writeString(folder.resolve("Sample.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString());
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(file))
                    .call();
        }
        assertThat(found.getDiagnostics())
                .filteredOn(JavaSample::isAboutTheSample)
                .as(source)
                .isEmpty();
    }

    /**
     * What the statements have made.
     *
     * @param posthorn listens
     * @param loader has the sample's classes, which its handlers need
     */
    record Server(Posthorn posthorn, URLClassLoader loader) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try (loader) {
                posthorn.close();
            }
        }
    }

    /** Runs the statements, each time anew; the caller closes the server. */
    Server run() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Callable.class.getName()), "Sample");
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        Callable<?> sample =
                ServiceLoader.load(Callable.class, loader).findFirst().orElseThrow();
        Posthorn posthorn = (Posthorn) sample.call();
        if (!source.contains("listen(")) {
            posthorn.listen(0);
        }
        return new Server(posthorn, loader);
    }

    private static boolean isAboutTheSample(Diagnostic<?> diagnostic) {
        // The class path's jars name others that are not there.
        return !String.valueOf(diagnostic.getCode()).contains("path");
    }
}
