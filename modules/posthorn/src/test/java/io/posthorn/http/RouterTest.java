package io.posthorn.http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RouterTest {
    private final Router router = new Router();
    private final TestServer server = TestServer.of(router);
    private final RawClient client = server.connect();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/prices               | exact{}",
                "/prices/              | 404",
                "/prices/usd           | parameter{symbol=usd}",
                "/prices/USD           | parameter{symbol=USD}",
                "/prices/all           | literal{}",
                "/prices/%61ll         | literal{}",
                "/prices/all/x         | rest{symbol=all, rest=x}",
                "/prices/a%2Fb         | parameter{symbol=a/b}",
                "/prices/a%2Fb/c       | rest{symbol=a/b, rest=c}",
                "/prices/x/../all      | literal{}",
                "/other                | 404",
                "/                     | 404",
            })
    void whatSaysMoreWins(String target, String expected) {
        router.route("/prices/{symbol}", named("parameter"))
                .route("/prices/{symbol}/{rest...}", named("rest"))
                .route("/prices", named("exact"))
                .route("/prices/all", named("literal"));
        assertThat(client.get(target).answer()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, https://evil.example, 403",
        "DELETE, https://evil.example, 403",
        "POST, null, 403",
        "GET, https://evil.example, 200",
        "POST, http://localhost, 200",
    })
    void whatChangesSomethingIsNotForPagesOfOtherOrigins(String method, String origin, int status) {
        router.route("/orders", exchange -> exchange.respond(HttpResponse.text(200, "done")));

        client.send(
                method + " /orders HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.answer()).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aRequestThatChangesSomethingAndComesFromNoPagePasses() {
        router.route("POST /orders", exchange -> exchange.respond(HttpResponse.text(200, "done")));

        client.send("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.answer()).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get /low", "/q?x=1", "/q#x", "/b/*"})
    void aRouteThatCouldNeverMatchIsRefused(String route) {
        assertThatThrownBy(() -> router.route(route, named("never"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRestIsAllThatIsLeftOfThePathEvenNothing() {
        router.route("/files/{path...}", named("files"));
        assertThat(client.get("/files/").answer()).endsWith("files{path=}");
        assertThat(client.get("/files/a/b.txt").answer()).endsWith("files{path=a/b.txt}");
        assertThat(client.get("/files").answer()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aRouteWithAMethodWinsOverOneForAll() {
        router.route("/a", named("all")).route("GET /a", named("get"));
        assertThat(client.get("/a").answer()).endsWith("get{}");
        assertThat(client.send("PUT /a HTTP/1.1\r\nHost: a\r\n\r\n").answer()).endsWith("all{}");
    }

    @Test
    void anotherMethodIsAnsweredWith405AndAllow() {
        router.route("GET /a", named("get")).route("POST /a", named("post"));
        assertThat(client.send("DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                .contains("\r\nAllow: GET, HEAD, OPTIONS, POST\r\n");
    }

    @Test
    void aRouteForGetAnswersHead() {
        router.route("GET /a", named("get"));
        assertThat(client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n").head()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void optionsTellWhatIsAllowed() {
        router.route("GET /a", named("get"));
        assertThat(client.send("OPTIONS /a HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                .startsWith("HTTP/1.1 204 ")
                .contains("\r\nAllow: GET, HEAD, OPTIONS\r\n");
    }

    @Test
    void routesThatMatchTheSamePathsAreRefused() {
        router.route("/a/{b}", named("first"));
        assertThatThrownBy(() -> router.route("/a/{c}", named("second")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The route /a/{c} matches the same requests as /a/{b}, which is there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "/{}", "/{a}/{a}", "/a{b}", "/{a...}/b", "GET", "G(T /a", " /a", "/{...}"})
    void aMalformedRouteIsRefused(String route) {
        assertThatThrownBy(() -> router.route(route, named("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpHandler named(String name) {
        return exchange -> exchange.respond(HttpResponse.text(200, name + exchange.pathParameters()));
    }
}
