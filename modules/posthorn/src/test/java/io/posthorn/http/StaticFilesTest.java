package io.posthorn.http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StaticFilesTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private final Router router = new Router();
    private final TestServer server = TestServer.of(router);
    private final RawClient client = server.connect();

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectory(temporary.resolve("web"));
        write("web/index.html", "<h1>root</h1>");
        write("web/docs/index.html", "<h1>docs</h1>");
        write("web/app.js", "let a = 1;");
        write("web/app.js.gz", "(compressed)");
        write("web/服务.txt", "service");
        write("web/.env", "SECRET");
        write("web/.well-known/security.txt", "Contact: a");
        write("secret.txt", "SECRET");
        Files.createSymbolicLink(folder.resolve("link.txt"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("inner.js"), folder.resolve("app.js"));
        router.route("GET /{path...}", StaticFiles.fromFolder(folder));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aFileIsSentWithItsTypeAndSafeHeaders() {
        assertThat(client.get("/app.js").answer())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "\r\nContent-Type: text/javascript; charset=utf-8\r\n",
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "\r\nCache-Control: no-cache\r\n",
                        "\r\nVary: Accept-Encoding\r\n")
                .endsWith("\r\n\r\nlet a = 1;");
    }

    @ParameterizedTest
    @CsvSource({
        "/,                          <h1>root</h1>",
        "/index.html,                <h1>root</h1>",
        "/docs/,                     <h1>docs</h1>",
        "/docs/../app.js,            let a = 1;",
        "/%e6%9c%8d%e5%8a%a1.txt,    service",
        "/inner.js,                  let a = 1;",
        "/.well-known/security.txt,  Contact: a",
    })
    void aPathIsAFile(String target, String content) {
        assertThat(client.get(target).answer()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/missing",
                "/docs/missing",
                "/app.js/",
                "/app.js/x",
                "/.env",
                "/link.txt",
                "//index.html",
                "/docs//index.html",
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/..%5csecret.txt",
                "/docs/..%2f..%2fsecret.txt",
                "/%2fetc%2fpasswd",
                "//etc/passwd",
                "/c:%5cwindows",
                "/docs%2findex.html",
                "/index.html%20",
                "/a%0ab",
                "/web/index.html"
            })
    void whatIsNoFileOfTheFolderIsNotFound(String target) {
        assertThat(client.get(target).answer()).startsWith("HTTP/1.1 404 ").doesNotContain("SECRET", "root:");
    }

    @ParameterizedTest
    @CsvSource({
        "/docs,               ./docs/",
        "/docs?a=b/c,         ./docs/?a=b/c",
        "/x/../docs,          ./docs/",
    })
    void aFolderWithoutSlashIsRedirectedToItselfWithOne(String target, String location) {
        assertThat(client.get(target).answer())
                .startsWith("HTTP/1.1 308 ")
                .contains("\r\nLocation: " + location + "\r\n");
    }

    @Test
    void whoHasTheFileGets304() throws IOException {
        String etag = etagOf(client.get("/index.html").answer());
        assertThat(etag).startsWith("\"");
        assertThat(ask("If-None-Match: " + etag))
                .startsWith("HTTP/1.1 304 Not Modified\r\n")
                .contains("\r\nETag: " + etag, "\r\nCache-Control: no-cache")
                .endsWith("\r\n\r\n");
        assertThat(ask("If-None-Match: \"other\", W/" + etag)).startsWith("HTTP/1.1 304 ");
        assertThat(ask("If-None-Match: *")).startsWith("HTTP/1.1 304 ");
        assertThat(ask("If-None-Match: \"other\"")).startsWith("HTTP/1.1 200 ");
        write("web/index.html", "<h1>changed</h1>");
        assertThat(ask("If-None-Match: " + etag)).startsWith("HTTP/1.1 200 ").endsWith("<h1>changed</h1>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                    | true",
                "GZIP                    | true",
                "br, gzip;q=0.5          | true",
                "*                       | true",
                "gzip; q=0               | false",
                "gzip;q=0.000            | false",
                "*, gzip;q=0             | false",
                "*;q=0                   | false",
                "identity                | false",
                "gzipped                 | false",
            })
    void theCompressedFormIsSentToWhoAcceptsIt(String accepted, boolean compressed) {
        String answer = client.send("GET /app.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + accepted + "\r\n\r\n")
                .answer();
        assertThat(answer)
                .contains("\r\nContent-Type: text/javascript; charset=utf-8\r\n", "\r\nVary: Accept-Encoding\r\n")
                .endsWith(compressed ? "(compressed)" : "let a = 1;");
        assertThat(answer.contains("\r\nContent-Encoding: gzip\r\n")).isEqualTo(compressed);
    }

    @Test
    void theFormsOfAFileHaveDifferentEntityTags() {
        String plain = etagOf(client.get("/app.js").answer());
        String gzip = etagOf(client.send("GET /app.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                .answer());
        assertThat(plain).isNotEqualTo(gzip);
    }

    @Test
    void headGetsTheLengthOnly() {
        client.send("HEAD /app.js HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.head()).contains("\r\ncontent-length: 10\r\n");
        assertThat(client.get("/app.js").answer()).endsWith("let a = 1;");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        assertThat(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                        .answer())
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nAllow: GET, HEAD, OPTIONS\r\n");
    }

    @Test
    void headersAreAdded() throws IOException {
        router.route(
                "GET /safe/{path...}",
                StaticFiles.fromFolder(folder)
                        .withHeader("Content-Security-Policy", "default-src 'self'")
                        .withCacheControl("max-age=60"));
        assertThat(client.get("/safe/").answer())
                .contains("\r\nContent-Security-Policy: default-src 'self'\r\n", "\r\nCache-Control: max-age=60\r\n");
    }

    @Test
    void aLargeFileArrivesWholeAndTheConnectionGoesOn() throws IOException {
        String content = "0123456789abcde\n".repeat(200_000);
        write("web/large.bin", content);
        assertThat(client.get("/large.bin").get("/app.js").answer())
                .contains("\r\nContent-Type: application/octet-stream\r\n")
                .endsWith("\r\n\r\n" + content);
        assertThat(client.answer()).endsWith("let a = 1;");
        client.send("HEAD /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.head()).contains("\r\ncontent-length: 3200000\r\n");
        client.send("GET /large.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(client.rest()).endsWith(content);
    }

    @Test
    void aClientThatLeavesInALargeFileLeavesNothingBehind() throws IOException {
        write("web/large.bin", "x".repeat(20_000_000));
        try (RawClient leaving = server.connect()) {
            assertThat(leaving.get("/large.bin").bytes(1000)).startsWith("HTTP/1.1 200 ");
        }
        await().until(() -> server.stats().active() == 1);
        assertThat(client.get("/app.js").answer()).endsWith("let a = 1;");
    }

    @Test
    void aFolderThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> StaticFiles.fromFolder(temporary.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a folder");
    }

    private String ask(String header) {
        return client.send("GET /index.html HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n")
                .answer();
    }

    private static String etagOf(String answer) {
        Matcher etag = Pattern.compile("\r\nETag: (.*)\r\n").matcher(answer);
        assertThat(etag.find()).isTrue();
        return etag.group(1);
    }

    private void write(String name, String content) throws IOException {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
