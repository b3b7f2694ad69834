package io.posthorn.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shapes of requests that two servers may read differently. Each is refused, the connection is closed, and what follows
 * it on the connection is never taken for a request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestSmugglingTest {
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final TestServer server = TestServer.of(exchange -> {
        seen.add(exchange.target());
        exchange.respond(HttpResponse.text(200, new String(exchange.body(), StandardCharsets.UTF_8)));
    });

    @AfterAll
    void stop() {
        server.close();
    }

    /** The length is told in two ways. */
    static Stream<Arguments> lengths() {
        return Stream.of(
                shape(
                        "Content-Length and Transfer-Encoding",
                        post("Content-Length: 5\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
                shape(
                        "Transfer-Encoding and Content-Length",
                        post("Transfer-Encoding: chunked\r\nContent-Length: 5") + "0\r\n\r\n"),
                shape("two Content-Lengths that differ", post("Content-Length: 0\r\nContent-Length: 5")),
                shape("two Content-Lengths that agree", post("Content-Length: 0\r\nContent-Length: 0")),
                shape("a list of Content-Lengths", post("Content-Length: 0, 5")),
                shape(
                        "two Content-Lengths in HTTP/1.0",
                        "POST / HTTP/1.0\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n"));
    }

    /** A length that is no number. */
    static Stream<Arguments> badNumbers() {
        return Stream.of(
                shape("a negative Content-Length", post("Content-Length: -1")),
                shape("a signed Content-Length", post("Content-Length: +0")),
                shape("a hexadecimal Content-Length", post("Content-Length: 0x0")),
                shape("an empty Content-Length", post("Content-Length: ")),
                shape("a Content-Length of 20 digits", post("Content-Length: 18446744073709551616")),
                shape("a Content-Length with a space inside", post("Content-Length: 0 0")),
                shape("a Content-Length in other digits", post("Content-Length: \u00b9")));
    }

    /** Transfer codings. */
    static Stream<Arguments> codings() {
        return Stream.of(
                shape("gzip, chunked", post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n"),
                shape("chunked, gzip", post("Transfer-Encoding: chunked, gzip") + "0\r\n\r\n"),
                shape("chunked, chunked", post("Transfer-Encoding: chunked, chunked") + "0\r\n\r\n"),
                shape("chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
                shape("identity", post("Transfer-Encoding: identity") + "0\r\n\r\n"),
                shape("xchunked", post("Transfer-Encoding: xchunked") + "0\r\n\r\n"),
                shape("an empty Transfer-Encoding", post("Transfer-Encoding: ") + "0\r\n\r\n"),
                shape("chunked in quotes", post("Transfer-Encoding: \"chunked\"") + "0\r\n\r\n"),
                shape("chunked with a vertical tab before", post("Transfer-Encoding: \u000bchunked") + "0\r\n\r\n"),
                shape("chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    /** Line ends. */
    static Stream<Arguments> lineEnds() {
        return Stream.of(
                shape("a bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n"),
                shape("a bare LF after a header", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"),
                shape("a bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: a\r\n\n"),
                shape("a bare LF inside a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\nContent-Length: 5\r\n\r\n"),
                shape("a bare CR inside a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\rContent-Length: 5\r\n\r\n"),
                shape("a bare CR after the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n"),
                shape("CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"),
                shape("a bare LF before the request line", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("two empty lines before the request line", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    /** Folds and names. */
    static Stream<Arguments> foldsAndNames() {
        return Stream.of(
                shape("a folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n"),
                shape("a line folded with a tab", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n"),
                shape("a fold in the first header line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                shape(
                        "a fold that hides a length",
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
                shape("a fold at the end", "GET / HTTP/1.1\r\nHost: a\r\n \r\n\r\n"),
                shape("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
                shape("a tab before the colon", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding\t: chunked\r\n\r\n"),
                shape("a header line without a colon", "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"),
                shape("a header without a name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n"),
                shape("a NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"),
                shape("a NUL in a name", "GET / HTTP/1.1\r\nHost: a\r\nX\0: y\r\n\r\n"),
                shape("a byte above ASCII in a name", "GET / HTTP/1.1\r\nHost: a\r\n\u00e4: y\r\n\r\n"));
    }

    /** Chunks. */
    static Stream<Arguments> chunks() {
        return Stream.of(
                shape("a chunk size that is no number", chunked("x\r\nabc\r\n0\r\n\r\n")),
                shape("a chunk size with 0x", chunked("0x3\r\nabc\r\n0\r\n\r\n")),
                shape("a negative chunk size", chunked("-3\r\nabc\r\n0\r\n\r\n")),
                shape("a signed chunk size", chunked("+3\r\nabc\r\n0\r\n\r\n")),
                shape("an empty chunk size", chunked("\r\nabc\r\n0\r\n\r\n")),
                shape("a space before a chunk size", chunked(" 3\r\nabc\r\n0\r\n\r\n")),
                shape("a space after a chunk size", chunked("3 \r\nabc\r\n0\r\n\r\n")),
                shape("a chunk size beyond 32 bits", chunked("100000003\r\nabc\r\n0\r\n\r\n")),
                shape("a chunk size beyond 64 bits", chunked("10000000000000003\r\nabc\r\n0\r\n\r\n")),
                shape("a bare LF after a chunk size", chunked("3\nabc\r\n0\r\n\r\n")),
                shape("a bare LF after a chunk", chunked("3\r\nabc\n0\r\n\r\n")),
                shape("a bare LF in a chunk extension", chunked("3;a\nb\r\nabc\r\n0\r\n\r\n")),
                shape("a chunk extension that is malformed", chunked("3;\0\r\nabc\r\n0\r\n\r\n")),
                shape("a chunk that is longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n")),
                shape("a bare LF after the last chunk", chunked("0\r\n\n")));
    }

    /** Host. */
    static Stream<Arguments> hosts() {
        return Stream.of(
                shape("no Host", "GET / HTTP/1.1\r\n\r\n"),
                shape("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                shape("two Hosts that agree", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"),
                shape("a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                shape("a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
                shape("a list of Hosts", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                shape("a Host with a bad port", "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n"));
    }

    /** The request line. */
    static Stream<Arguments> requestLines() {
        return Stream.of(
                shape("no version (HTTP/0.9)", "GET /\r\nHost: a\r\n\r\n"),
                shape("two spaces in the request line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a tab in the request line", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a space at the end of the request line", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
                shape("a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an empty target", "GET  HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a byte above ASCII in the target", "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a character in the method that is not allowed", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a lower-case protocol name of version 1.1", "GET / XTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a TLS greeting", "\u0016\u0003\u0001\u0002\u0000"),
                shape("a target that is neither path nor URI", "GET a HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an asterisk with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an authority with CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a bad escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an escape that is cut off", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an encoded NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an escape that is not UTF-8", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("an overlong escape", "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n"),
                shape("a bad escape in the query", "GET /?a=%g0 HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    /** Netty takes these for a request with 8 bytes of body. */
    static Stream<Arguments> drafts() {
        return Stream.of(shape(
                "the handshake of a WebSocket draft",
                "GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n12345678"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "lengths",
        "badNumbers",
        "codings",
        "lineEnds",
        "foldsAndNames",
        "chunks",
        "hosts",
        "requestLines",
        "drafts"
    })
    void isRefusedWith400AndTheConnectionCloses(String name, String bytes) {
        long before = server.stats().refused(Refusal.BAD_REQUEST);
        try (RawClient client = server.connect()) {
            String answer = client.send(bytes + HIDDEN).rest();
            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("\r\nconnection: close\r\n");
            assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer only").hasSize(2);
            assertThat(seen).doesNotContain("/hidden");
            assertThat(server.stats().refused(Refusal.BAD_REQUEST)).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anotherVersionIsRefusedWith505(String version) {
        try (RawClient client = server.connect()) {
            String answer = client.send("GET / " + version + "\r\nHost: a\r\n\r\n" + HIDDEN)
                    .rest();
            assertThat(answer).startsWith("HTTP/1.1 505 ");
            assertThat(seen).doesNotContain("/hidden");
        }
    }

    static Stream<String> versions() {
        return Stream.of("HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3", "http/1.1", "HTTP/1.10", "HTTP/11");
    }

    @Test
    void aChunkedBodyWithExtensionAndTrailerIsRead() {
        try (RawClient client = server.connect()) {
            client.send(chunked("3;name=value\r\nabc\r\n0a\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n"));
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("abc0123456789");
            client.send(post("Content-Length: 3") + "def");
            assertThat(client.answer()).endsWith("def");
        }
    }

    @Test
    void oneEmptyLineBeforeARequestIsForgiven() {
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: 3") + "abc\r\n" + post("Content-Length: 3") + "def");
            assertThat(client.answer()).endsWith("abc");
            assertThat(client.answer()).endsWith("def");
        }
    }

    private static String post(String headers) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n";
    }

    private static String chunked(String body) {
        return post("Transfer-Encoding: chunked") + body;
    }

    private static Arguments shape(String name, String bytes) {
        return Arguments.of(name, bytes);
    }
}
