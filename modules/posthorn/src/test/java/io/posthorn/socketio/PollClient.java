package io.posthorn.socketio;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A client over long polling that speaks Socket.IO as it stands on the wire: it polls when it is asked for a packet and has
 * none left. Heartbeats are answered by themselves, and not among what {@link #next} gives.
 */
final class PollClient {
    private static final String SEPARATOR = "\u001e";
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final String open;
    private final String sid;
    private final Queue<String> received = new ArrayDeque<>();

    PollClient(int port, String target) {
        String handshake = "http://127.0.0.1:" + port + target;
        open = exchange(get(handshake)).body();
        int from = open.indexOf("\"sid\":\"") + 7;
        sid = open.substring(from, open.indexOf('"', from));
        url = handshake + "&sid=" + sid;
    }

    /** The first packet, which opens the session. */
    String open() {
        return open;
    }

    /** The session's id. */
    String sid() {
        return sid;
    }

    /** Joins a namespace, written as it stands in a packet: {@code ""}, or {@code "/chat,"}; returns the socket's id. */
    String join(String namespace) {
        send("40" + namespace);
        String answer = next();
        String begin = "40" + namespace + "{\"sid\":\"";
        if (!answer.startsWith(begin)) {
            throw new AssertionError("not connected: " + answer);
        }
        return answer.substring(begin.length(), answer.length() - 2);
    }

    /** Sends packets in one POST, which must be taken. */
    PollClient send(String... packets) {
        HttpResponse<String> answer = post(packets);
        if (answer.statusCode() != 200 || !answer.body().equals("ok")) {
            throw new AssertionError("not taken: " + answer.statusCode() + " " + answer.body());
        }
        return this;
    }

    /** Sends packets in one POST. */
    HttpResponse<String> post(String... packets) {
        return exchange(request(url)
                .POST(BodyPublishers.ofString(String.join(SEPARATOR, packets)))
                .build());
    }

    /** The next packet; one that is binary is {@code b} and base64. */
    String next() {
        while (received.isEmpty()) {
            for (String packet : exchange(get(url)).body().split(SEPARATOR, -1)) {
                if (packet.equals("2")) {
                    send("3");
                } else {
                    received.add(packet);
                }
            }
        }
        return received.remove();
    }

    /** One poll, and all of its answer. */
    CompletableFuture<HttpResponse<String>> poll() {
        return HTTP.sendAsync(get(url), BodyHandlers.ofString());
    }

    private static HttpRequest get(String url) {
        return request(url).GET().build();
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(WAIT);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError("no answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
