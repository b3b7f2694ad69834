package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

class PlaygroundTest {
    private final Posthorn posthorn = Playground.create(PosthornOptions.defaults());
    private int port;

    @BeforeEach
    void listen() throws Exception {
        port = posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/lab/", "/frames/", "/transports/"})
    void aPageMayLoadOnlyItsOwn(String path) throws Exception {
        HttpResponse<String> page = get(path);

        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'self';").doesNotContain("unsafe", "http"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short-polling",
                "long-polling",
                "iframe",
                "iframe-message",
                "event-source",
                "event-source-open",
                "websocket"
            })
    void aPlainPageMayRunItsOwnScriptAndBeShownByThisServerOnly(String name) throws Exception {
        HttpResponse<String> page = get("/plain/" + name + ".html");

        String script = page.body()
                .substring(page.body().indexOf("<script>") + 8, page.body().indexOf("</script>"));
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        String hash = "'sha256-" + Base64.getEncoder().encodeToString(sha256) + "'";
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none';")
                        .contains(hash)
                        .endsWith("; frame-ancestors 'self'")
                        .doesNotContain("unsafe"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/frames/, text/html",
        "/frames/main.js, text/javascript",
        "/site/site.css, text/css",
        "/transports/, text/html",
        "/plain/iframe.html, text/html",
        "/site/posthorn.svg, image/svg+xml",
        "/metrics, text/plain",
        "/healthz, text/plain"
    })
    void eachPathHasItsType(String path, String type) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith(type));
    }

    @Test
    void pagesOfEveryOriginMayReadTheClockAndNoneWithCredentials() throws Exception {
        HttpResponse<String> time = get("/clock", "Origin", "https://elsewhere.example");

        assertThat(time.statusCode()).isEqualTo(200);
        assertThat(time.body()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
        assertThat(time.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(time.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void theClockCallsSetTimeWhereAFrameNamesNothingElse() throws Exception {
        HttpRequest request = request("/clock?transport=iframe").build();
        HttpResponse<InputStream> stream = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!line.contains(" parent.")) {
                line = lines.readLine();
            }
            assertThat(line).contains(" parent.setTime(\"2");
        }
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
