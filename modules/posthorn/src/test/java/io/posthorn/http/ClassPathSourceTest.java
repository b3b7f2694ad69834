package io.posthorn.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClassPathSourceTest {
    @TempDir
    private Path temporary;

    @Test
    void aFileIsKeptInMemoryOnceItWasAskedFor() throws IOException {
        Path file = Files.createDirectories(temporary.resolve("web")).resolve("a.txt");
        Files.writeString(file, "first");
        Router router = new Router();
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {temporary.toUri().toURL()});
                TestServer server = TestServer.of(router);
                RawClient client = server.connect()) {
            router.route("GET /{path...}", StaticFiles.fromClassPath(loader, "/web/"));
            assertThat(client.get("/a.txt").answer()).endsWith("first");
            Files.writeString(file, "second");
            assertThat(client.get("/a.txt").answer()).endsWith("first");
            assertThat(client.get("/b.txt").answer()).startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "jar"})
    void filesAreFoundAndFoldersAreNot(String kind) throws IOException {
        Path root = kind.equals("jar") ? jar() : folder();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()})) {
            ClassPathSource source = new ClassPathSource(loader, "web");
            assertThat(source.find("docs/a.txt")).isInstanceOf(FileSource.Loaded.class);
            assertThat(source.find("docs")).isNull();
            assertThat(source.find("docs/b.txt")).isNull();
        }
    }

    @Test
    void sameContentHasTheSameVersion() throws IOException {
        try (URLClassLoader folder =
                        new URLClassLoader(new URL[] {folder().toUri().toURL()});
                URLClassLoader jar = new URLClassLoader(new URL[] {jar().toUri().toURL()})) {
            String inFolder = version(new ClassPathSource(folder, "web"));
            assertThat(version(new ClassPathSource(jar, "web")))
                    .isEqualTo(inFolder)
                    .hasSize(24);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//"})
    void theWholeClassPathIsNotServed(String root) {
        assertThatThrownBy(() -> StaticFiles.fromClassPath(root)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String version(FileSource source) throws IOException {
        return Objects.requireNonNull(source.find("docs/a.txt")).version();
    }

    private Path folder() throws IOException {
        Path docs = Files.createDirectories(temporary.resolve("classes/web/docs"));
        Files.writeString(docs.resolve("a.txt"), "a");
        return temporary.resolve("classes");
    }

    private Path jar() throws IOException {
        Path jar = temporary.resolve("pages.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("web/docs/"));
            entries.putNextEntry(new JarEntry("web/docs/a.txt"));
            entries.write("a".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
