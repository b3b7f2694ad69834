package io.posthorn.socketio;

import io.posthorn.Posthorn;
import io.posthorn.http.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The client as the build has packed it, asked for on the wire. */
class ClientFilesTest {
    private static final Path LOCK_FILE = Path.of("src/main/client/package-lock.json");
    private static final Pattern LOCKED =
            Pattern.compile("node_modules/socket.io-client\": \\{\\s+\"version\": \"(.+?)\"");

    private final ClientFiles files = new ClientFiles();
    private final Posthorn posthorn = Posthorn.create();
    private String version = "";
    private RawClient client;

    @BeforeEach
    void listen() throws IOException {
        posthorn.route("/socket.io/{file}", exchange -> exchange.respond(files.answer(exchange)));
        client = new RawClient(posthorn.listen("127.0.0.1", 0));
        Matcher locked = LOCKED.matcher(Files.readString(LOCK_FILE));
        assertThat(locked.find()).isTrue();
        version = locked.group(1);
    }

    @AfterEach
    void close() {
        client.close();
        posthorn.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"})
    void aScriptIsTheVersionOfTheLockFile(String name) {
        String answer = get(name, "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "\r\nContent-Type: application/javascript; charset=utf-8\r\n",
                        "\r\nETag: \"" + version + "\"\r\n",
                        "\r\nCache-Control: public, max-age=0\r\n",
                        "\r\nVary: Accept-Encoding\r\n",
                        "\r\nX-Content-Type-Options: nosniff\r\n")
                .doesNotContain("Content-Encoding");
        assertThat(body(answer)).startsWith("/*!\n * Socket.IO v" + version + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"})
    void aScriptNamesItsMapWhichIsJson(String name) {
        assertThat(body(get(name, ""))).contains("//# sourceMappingURL=" + name + ".map");

        String map = get(name + ".map", "");
        assertThat(map).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nContent-Type: application/json\r\n");
        assertThat(body(map)).startsWith("{\"version\":3,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip, deflate", "*", "GZIP;q=0.5", "gzip;q=1.0, *;q=0"})
    void whoTakesGzipGetsTheSameCompressed(String accepted) throws IOException {
        String answer = get("socket.io.min.js", "Accept-Encoding: " + accepted + "\r\n");
        assertThat(answer)
                .contains(
                        "\r\nContent-Encoding: gzip\r\n",
                        "\r\nVary: Accept-Encoding\r\n",
                        "\r\nContent-Type: application/javascript; charset=utf-8\r\n",
                        "\r\nETag: \"" + version + "\"\r\n");
        byte[] compressed = body(answer).getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).isEqualTo(body(get("socket.io.min.js", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *"})
    void whoTakesNoGzipGetsNone(String accepted) {
        String answer = get("socket.io.min.js", "Accept-Encoding: " + accepted + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("Content-Encoding");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"VERSION", "W/VERSION", "\"1.0.0\", VERSION", "\"a\",W/VERSION , \"b\"", "*"})
    void whoHasTheVersionIsToldSo(String tags) {
        String condition = "If-None-Match: " + tags.replace("VERSION", "\"" + version + "\"") + "\r\n";
        for (String more : new String[] {"", "Accept-Encoding: gzip\r\n"}) {
            String answer = get("socket.io.js", condition + more);
            assertThat(answer)
                    .startsWith("HTTP/1.1 304 Not Modified\r\n")
                    .contains(
                            "\r\nETag: \"" + version + "\"\r\n",
                            "\r\nCache-Control: public, max-age=0\r\n",
                            "\r\nVary: Accept-Encoding\r\n")
                    .doesNotContain("\r\nContent-Type", "Content-Encoding")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void whoHasAnotherVersionGetsThisOne() {
        assertThat(get("socket.io.js", "If-None-Match: \"1.0.0\", W/\"" + version + "-old\"\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aQueryBehindTheNameChangesNothing() {
        assertThat(get("socket.io.js?v=" + version, "")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void headIsGetWithoutTheBody() {
        client.send("HEAD /socket.io/socket.io.js HTTP/1.1\r\nHost: a\r\n\r\n");
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nETag: \"" + version + "\"\r\n");
        assertThat(get("socket.io.js", "")).startsWith("HTTP/1.1 200 OK\r\n").contains(line(head, "content-length"));
    }

    @Test
    void theClientCannotBeWritten() {
        client.send("DELETE /socket.io/socket.io.js HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.answer()).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: GET, HEAD\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "version", "LICENSE", "socket.io.js.gz", "SOCKET.IO.JS", "socket.io", "../ClientFiles.class"
            })
    void noOtherNameIsServed(String name) {
        assertThat(files.serves(name)).isFalse();
    }

    @Test
    void aBuildWithoutAClientSaysHowToGetOne() {
        ClientFiles none = new ClientFiles("no-client");
        posthorn.route("/none/{file}", exchange -> exchange.respond(none.answer(exchange)));
        assertThat(none.serves("socket.io.js")).isTrue();
        assertThat(client.get("/none/socket.io.js").answer())
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .contains("\r\nContent-Type: text/plain; charset=utf-8\r\n", "-DskipClient", "npm");
    }

    @Test
    void theServerServesItUnlessThatIsNotWanted() {
        SocketIoOptions without = SocketIoOptions.defaults().withClient(false);
        try (SocketIoServer server = new SocketIoServer();
                SocketIoServer bare = new SocketIoServer(without);
                RawClient asked = new RawClient(server.port());
                RawClient refused = new RawClient(bare.port())) {
            assertThat(asked.get("/socket.io/socket.io.min.js").answer()).startsWith("HTTP/1.1 200 ");
            assertThat(refused.get("/socket.io/socket.io.min.js").answer())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("{\"code\":0,\"message\":\"Transport unknown\"}");
        }
    }

    private String get(String name, String headers) {
        return client.send("GET /socket.io/" + name + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n")
                .answer();
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String line(String head, String name) {
        int start = head.indexOf("\r\n" + name + ": ");
        return head.substring(start, head.indexOf("\r\n", start + 2) + 2);
    }
}
