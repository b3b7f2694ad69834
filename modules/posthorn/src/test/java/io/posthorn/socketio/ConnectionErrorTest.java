package io.posthorn.socketio;

import io.posthorn.engineio.Admission;
import io.posthorn.engineio.ConnectionError;
import io.posthorn.engineio.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application hears of connections that were refused, and how it refuses some itself. */
class ConnectionErrorTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<ConnectionError> errors = new LinkedBlockingQueue<>();

    private SocketIoServer server(EngineOptions engine) {
        SocketIoServer server = new SocketIoServer(SocketIoOptions.defaults().withEngine(engine));
        server.io().onConnectionError(errors::add);
        return server;
    }

    private static HttpResponse<String> get(SocketIoServer server, String query)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/socket.io/?" + query);
        return HTTP.send(HttpRequest.newBuilder(uri).header("X-Who", "me").build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "EIO=4&transport=carrier-pigeon, 0, Transport unknown",
        "EIO=4&transport=polling&sid=nobody, 1, Session ID unknown",
        "EIO=4&transport=websocket, 3, Bad request",
        "EIO=3&transport=polling, 5, Unsupported protocol version",
        "transport=polling, 5, Unsupported protocol version"
    })
    void aRefusedRequestIsToldWithItsCodeAndMessage(String query, int code, String message) throws Exception {
        try (SocketIoServer server = server(EngineOptions.defaults())) {
            HttpResponse<String> answer = get(server, query);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
            ConnectionError error = errors.poll(20, TimeUnit.SECONDS);
            assertThat(error).isNotNull();
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.request().header("x-who")).contains("me");
            assertThat(error.context()).isNotEmpty();
        }
    }

    @Test
    void theContextSaysWhatWasWrong() throws Exception {
        try (SocketIoServer server = server(EngineOptions.defaults())) {
            get(server, "EIO=4&transport=carrier-pigeon");
            get(server, "EIO=4&transport=polling&sid=nobody");
            get(server, "EIO=9&transport=polling");
            assertThat(errors.take().context()).isEqualTo(Map.of("transport", "carrier-pigeon"));
            assertThat(errors.take().context()).isEqualTo(Map.of("sid", "nobody"));
            assertThat(errors.take().context()).isEqualTo(Map.of("protocol", "9"));
        }
    }

    @Test
    void whoIsNotAllowedIsToldWhy() throws Exception {
        EngineOptions options = EngineOptions.defaults()
                .withAllowRequest(request -> request.header("x-who").equals(Optional.of("me"))
                        ? Admission.refused("not on a Sunday")
                        : Admission.allowed());
        try (SocketIoServer server = server(options)) {
            HttpResponse<String> answer = get(server, "EIO=4&transport=polling");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"not on a Sunday\"}");
            assertThat(errors.take().code()).isEqualTo(4);
            try (WireClient other = server.connected()) {
                other.quiet();
            }
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void whoIsNotAllowedForNoReasonIsForbidden() throws Exception {
        EngineOptions options = EngineOptions.defaults().withAllowRequest(request -> {
            throw new IOException("the database is away");
        });
        try (SocketIoServer server = server(options)) {
            HttpResponse<String> answer = get(server, "EIO=4&transport=polling");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        }
    }

    @Test
    void aHandlerOfConnectionErrorsThatThrowsEndsNothing() throws Exception {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnectionError(error -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(get(server, "EIO=4&transport=x").statusCode()).isEqualTo(400);
            try (WireClient client = server.connected()) {
                client.quiet();
            }
        }
    }
}
