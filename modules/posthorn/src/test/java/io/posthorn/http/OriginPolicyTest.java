package io.posthorn.http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OriginPolicyTest {
    private static final OriginPolicy LISTED = OriginPolicy.of("https://Example.com:443", "http://localhost:3000");

    private final Router router = new Router();
    private final TestServer server =
            TestServer.of(HttpOptions.defaults().withForwarded(ForwardedHeaders.trusted()), router);
    private final RawClient client = server.connect();
    private int routes;

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example,       shop.example,     true",
        "http://SHOP.example,       Shop.Example,     true",
        "http://shop.example:80,    shop.example,     true",
        "http://shop.example,       shop.example:80,  true",
        "http://shop.example:8000,  shop.example:8000, true",
        "http://shop.example,       shop.example:8000, false",
        "https://shop.example,      shop.example,     false",
        "http://other.example,      shop.example,     false",
        "http://shop.example.evil,  shop.example,     false",
        "null,                      shop.example,     false",
        "null,                      null,             false",
        "shop.example,              shop.example,     false",
    })
    void aPageOfTheSameOriginMeansSameSchemeHostAndPort(String origin, String host, boolean allowed) {
        assertThat(allows(OriginPolicy.sameOrigin(), "Host: " + host + "\r\nOrigin: " + origin))
                .isEqualTo(allowed);
    }

    @Test
    void theSchemeAndHostOfATrustedProxyCount() {
        String forwarded = "Host: inner:8000\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\n";
        assertThat(allows(OriginPolicy.sameOrigin(), forwarded + "Origin: https://shop.example"))
                .isTrue();
        assertThat(allows(OriginPolicy.sameOrigin(), forwarded + "Origin: http://inner:8000"))
                .isFalse();
    }

    @Test
    void aRequestWithoutOriginPasses() {
        assertThat(allows(OriginPolicy.sameOrigin(), "Host: a")).isTrue();
        assertThat(allows(LISTED, "Host: a")).isTrue();
    }

    @Test
    void aListedOriginAndTheServersOwnPass() {
        assertThat(allows(LISTED, "Host: a\r\nOrigin: https://example.com")).isTrue();
        assertThat(allows(LISTED, "Host: a\r\nOrigin: http://localhost:3000")).isTrue();
        assertThat(allows(LISTED, "Host: a\r\nOrigin: http://a")).isTrue();
        assertThat(allows(LISTED, "Host: a\r\nOrigin: http://example.com")).isFalse();
        assertThat(allows(LISTED, "Host: a\r\nOrigin: null")).isFalse();
    }

    @Test
    void anyAllowsEvenTheNullOrigin() {
        assertThat(allows(OriginPolicy.any(), "Host: a\r\nOrigin: null")).isTrue();
        assertThat(allows(OriginPolicy.any(), "Host: a\r\nOrigin: https://evil.example"))
                .isTrue();
    }

    @Test
    void theSameOriginPolicySendsNoHeader() {
        assertThat(answer(OriginPolicy.sameOrigin(), "http://a")).doesNotContainIgnoringCase("access-control", "vary");
    }

    @Test
    void anyIsAnsweredWithAnAsteriskAndNeverWithTheOrigin() {
        assertThat(answer(OriginPolicy.any(), "https://evil.example"))
                .contains("\r\nAccess-Control-Allow-Origin: *\r\n")
                .doesNotContain("evil", "Credentials");
    }

    @Test
    void aListedOriginIsEchoedAndAnotherIsNot() {
        assertThat(answer(LISTED, "https://example.com"))
                .contains("\r\nAccess-Control-Allow-Origin: https://example.com\r\n", "\r\nVary: Origin\r\n")
                .doesNotContain("Credentials");
        assertThat(answer(LISTED, "https://evil.example"))
                .contains("\r\nVary: Origin\r\n")
                .doesNotContain("Access-Control");
    }

    @Test
    void credentialsAreForListedOriginsOnly() {
        OriginPolicy policy = LISTED.withCredentials();
        assertThat(answer(policy, "https://example.com")).contains("\r\nAccess-Control-Allow-Credentials: true\r\n");
        assertThat(answer(policy, "https://evil.example")).doesNotContain("Access-Control");
        assertThatThrownBy(() -> OriginPolicy.any().withCredentials()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OriginPolicy.sameOrigin().withCredentials())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPreflightIsAnsweredWithWhatTheRouteAllows() {
        router.route("PUT /", LISTED.withCredentials(), exchange -> exchange.respond(HttpResponse.of(204)));
        String preflight = "OPTIONS / HTTP/1.1\r\nHost: a\r\nAccess-Control-Request-Method: PUT\r\n"
                + "Access-Control-Request-Headers: x-a,x-b\r\nOrigin: ";
        assertThat(client.send(preflight + "https://example.com\r\n\r\n").answer())
                .startsWith("HTTP/1.1 204 ")
                .contains(
                        "\r\nAccess-Control-Allow-Origin: https://example.com\r\n",
                        "\r\nAccess-Control-Allow-Credentials: true\r\n",
                        "\r\nAccess-Control-Allow-Methods: OPTIONS, PUT\r\n",
                        "\r\nAccess-Control-Allow-Headers: x-a,x-b\r\n",
                        "\r\nVary: Origin\r\n");
        assertThat(client.send(preflight + "https://evil.example\r\n\r\n").answer())
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("Access-Control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin", "accept , ORIGIN", "*"})
    void anAnswerThatVariesByOriginAlreadyIsToldSoOnce(String vary) {
        HttpHandler handler = exchange -> exchange.respond(HttpResponse.of(204).header("Vary", vary));
        assertThat(ask(LISTED, handler, "Host: a")).containsOnlyOnce("Vary").contains("\r\nVary: " + vary + "\r\n");
    }

    @Test
    void anAnswerThatVariesByOthersVariesByOriginToo() {
        HttpHandler handler = exchange ->
                exchange.respond(HttpResponse.of(204).header("Vary", "Accept").header("Vary", "X-Origin"));
        assertThat(ask(LISTED, handler, "Host: a")).contains("\r\nVary: Accept\r\nVary: X-Origin\r\nVary: Origin\r\n");
    }

    @Test
    void framesAreForTheSamePages() {
        assertThat(OriginPolicy.sameOrigin().frameAncestors()).isEqualTo("'self'");
        assertThat(OriginPolicy.any().frameAncestors()).isEqualTo("*");
        assertThat(LISTED.frameAncestors()).isEqualTo("'self' http://localhost:3000 https://example.com");
        assertThat(LISTED.withCredentials().frameAncestors()).isEqualTo(LISTED.frameAncestors());
    }

    @Test
    void aFramePostsOnlyToAnOriginThatIsListed() {
        assertThat(LISTED.messageTarget("https://EXAMPLE.com:443")).contains("https://example.com");
        assertThat(LISTED.messageTarget("http://localhost:3000")).contains("http://localhost:3000");
        assertThat(LISTED.messageTarget("http://localhost:3001")).isEmpty();
        assertThat(LISTED.messageTarget("*")).isEmpty();
        assertThat(LISTED.messageTarget("null")).isEmpty();
        assertThat(LISTED.messageTarget("")).isEmpty();
        assertThat(OriginPolicy.any().messageTarget("https://evil.example")).contains("*");
        assertThat(OriginPolicy.sameOrigin().messageTarget("http://a")).isEmpty();
    }

    @Test
    void theExchangeKnowsTheOriginsOfItsRoute() {
        HttpHandler handler = exchange ->
                exchange.respond(HttpResponse.text(200, exchange.origins().frameAncestors()));
        assertThat(ask(LISTED, handler, "Host: a")).endsWith(LISTED.frameAncestors());
        assertThat(ask(OriginPolicy.sameOrigin(), handler, "Host: a")).endsWith("'self'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.com", "https://example.com/", "https://", "null", "*", "https://a b", "https://u@a", ""
            })
    void whatIsNoOriginCannotBeListed(String origin) {
        assertThatThrownBy(() -> OriginPolicy.of(origin)).isInstanceOf(IllegalArgumentException.class);
    }

    private boolean allows(OriginPolicy policy, String headers) {
        HttpHandler handler = exchange -> exchange.respond(HttpResponse.of(policy.allows(exchange) ? 204 : 403));
        return ask(OriginPolicy.sameOrigin(), handler, headers).startsWith("HTTP/1.1 204 ");
    }

    private String answer(OriginPolicy policy, String origin) {
        HttpHandler handler = exchange -> exchange.respond(HttpResponse.of(204));
        return ask(policy, handler, "Host: a\r\nOrigin: " + origin);
    }

    /** Asks a route of its own. */
    private String ask(OriginPolicy policy, HttpHandler handler, String headers) {
        String path = "/" + ++routes;
        router.route(path, policy, handler);
        return client.send("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n\r\n")
                .answer();
    }
}
