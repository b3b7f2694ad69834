package io.posthorn.http;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpExchangeTest {
    @Test
    void theRequestIsWhatWasSent() throws Exception {
        HttpExchange exchange = exchangeOf(
                "PUT /a%20b?x=1&x=2&y HTTP/1.1\r\nHost: Example:80\r\nX-One: a\r\nx-one: b\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(exchange.method()).isEqualTo("PUT");
        assertThat(exchange.path()).isEqualTo("/a b");
        assertThat(exchange.target()).isEqualTo("/a%20b?x=1&x=2&y");
        assertThat(exchange.query()).isEqualTo(Map.of("x", List.of("1", "2"), "y", List.of("")));
        assertThat(exchange.queryParameter("x")).contains("1");
        assertThat(exchange.queryParameter("z")).isEmpty();
        assertThat(exchange.header("X-ONE")).contains("a");
        assertThat(exchange.headers("X-One")).containsExactly("a", "b");
        assertThat(exchange.headers()).containsEntry("x-one", List.of("a", "b")).containsKey("host");
        assertThat(exchange.body()).asString().isEqualTo("hi");
        assertThat(exchange.host()).isEqualTo("Example:80");
        assertThat(exchange.isHttp11()).isTrue();
        assertThat(exchange.isSecure()).isFalse();
        assertThat(exchange.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
        assertThat(exchange.requestHead())
                .isEqualTo("PUT /a%20b?x=1&x=2&y HTTP/1.1\nHost: Example:80\nX-One: a\nx-one: b\nContent-Length: 2\n");
    }

    @Test
    void aRequestThatIsKeptSaysTheSameInLittleMemory() throws Exception {
        HttpRequest request = exchangeOf(
                        "GET http://a:1/b%20c/?x=1&y HTTP/1.1\r\nHost: other\r\nEmpty:\r\nX-One: \u00e9\r\nx-one: b: c\r\n\r\n")
                .request();
        HttpRequest kept = request.compact();
        assertThat(kept.compact()).isSameAs(kept);
        assertThat(kept.method()).isEqualTo("GET");
        assertThat(kept.target()).isEqualTo("http://a:1/b%20c/?x=1&y");
        assertThat(kept.path()).isEqualTo("/b c/");
        assertThat(kept.query()).isEqualTo(request.query());
        assertThat(kept.host()).isEqualTo("a:1");
        assertThat(kept.header("X-ONE")).contains("\u00e9");
        assertThat(kept.headers("x-one")).containsExactly("\u00e9", "b: c");
        assertThat(kept.header("empty")).contains("");
        assertThat(kept.headers()).isEqualTo(request.headers());
        assertThat(kept.headText()).isEqualTo(request.headText());
        assertThat(kept.remoteAddress()).isEqualTo(request.remoteAddress());
        assertThat(kept.isHttp11()).isTrue();
        assertThat(kept.isSecure()).isFalse();
        assertThat(kept.wireBytes()).isEqualTo(request.wireBytes());
    }

    @Test
    void anAbsoluteTargetsHostCountsInsteadOfTheHeaders() throws Exception {
        HttpExchange exchange = exchangeOf("GET http://example.com/a HTTP/1.1\r\nHost: other\r\n\r\n");
        assertThat(exchange.host()).isEqualTo("example.com");
        assertThat(exchange.path()).isEqualTo("/a");
    }

    @Test
    void anHttp10RequestMayNameNoHost() throws Exception {
        HttpExchange exchange = exchangeOf("GET / HTTP/1.0\r\n\r\n");
        assertThat(exchange.host()).isEmpty();
        assertThat(exchange.isHttp11()).isFalse();
        assertThat(exchange.body()).isEmpty();
    }

    @Test
    void anInterimStatusIsNoAnswer() throws Exception {
        HttpExchange exchange = exchangeOf("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThatThrownBy(() -> exchange.respond(HttpResponse.of(100))).isInstanceOf(IllegalArgumentException.class);
        assertThat(exchange.isAnswered()).isFalse();
    }

    private static HttpExchange exchangeOf(String request) throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.send(request);
            HttpExchange exchange = exchanges.take();
            assertThat(server.stats().opened()).isEqualTo(1);
            return exchange;
        }
    }
}
