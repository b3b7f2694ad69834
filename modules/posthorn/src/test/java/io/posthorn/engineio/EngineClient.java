package io.posthorn.engineio;

import io.posthorn.http.RawClient;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of a server's Engine.IO, by requests as they stand on the wire. */
final class EngineClient implements AutoCloseable {
    static final String SEPARATOR = "\u001e";

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final int port;
    private final String sid;
    private final List<RawClient> connections = new ArrayList<>();

    /** A client that has a session; it closes the connections that it has opened. */
    EngineClient(int port, String sid) {
        this.port = port;
        this.sid = sid;
    }

    /** A client that opens a session by polling. */
    static EngineClient open(EngineHost host) {
        return new EngineClient(host.port(), sid(body(get(host, "EIO=4&transport=polling"))));
    }

    String sid() {
        return sid;
    }

    /** The answer to a poll. */
    String poll() {
        return body(answerOf("GET", ""));
    }

    /** The status of the answer to a poll. */
    int pollStatus() {
        return status(answerOf("GET", ""));
    }

    /** A poll whose answer is not read yet. */
    RawClient beginPoll() {
        return connect().send(request("GET", target(), "", ""));
    }

    /** The whole answer to a POST. */
    String post(String body) {
        return answerOf("POST", body);
    }

    /** The whole answer to a request with the session's id. */
    String answerOf(String method, String body, String... headers) {
        try (RawClient client = new RawClient(port)) {
            return client.send(request(method, target(), body, headers)).answer();
        }
    }

    /** A WebSocket for this session. */
    EngineFrames webSocket() {
        return EngineFrames.connect(port, "EIO=4&transport=websocket&sid=" + sid);
    }

    /** A WebSocket that has become the session's transport. */
    EngineFrames upgrade() {
        EngineFrames frames = webSocket();
        frames.send("2probe").expect("3probe").send("5");
        return frames;
    }

    RawClient connect() {
        RawClient client = new RawClient(port);
        connections.add(client);
        return client;
    }

    @Override
    public void close() {
        connections.forEach(RawClient::close);
    }

    private String target() {
        return "EIO=4&transport=polling&sid=" + sid;
    }

    /** The whole answer to a request without a session, on a connection of its own. */
    static String get(EngineHost host, String query, String... headers) {
        return get(host.port(), query, headers);
    }

    static String get(int port, String query, String... headers) {
        return answer(port, "GET", query, headers);
    }

    static String answer(EngineHost host, String method, String query, String... headers) {
        return answer(host.port(), method, query, headers);
    }

    private static String answer(int port, String method, String query, String... headers) {
        try (RawClient client = new RawClient(port)) {
            return client.send(request(method, query, "", headers)).answer();
        }
    }

    static String request(String method, String query, String body, String... headers) {
        String utf8 = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        StringBuilder request = new StringBuilder(method + " /engine.io/?" + query + " HTTP/1.1\r\nHost: a\r\n");
        for (String header : headers) {
            if (!header.isEmpty()) {
                request.append(header).append("\r\n");
            }
        }
        if (method.equals("POST") || method.equals("PUT")) {
            request.append("Content-Length: ").append(utf8.length()).append("\r\n");
        }
        return request.append("\r\n").append(utf8).toString();
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    static String head(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n"));
    }

    /** A body of UTF-8, as text. */
    static String body(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String sid(String handshake) {
        Matcher sid = SID.matcher(handshake);
        if (!sid.find()) {
            throw new AssertionError("no handshake: " + handshake);
        }
        return sid.group(1);
    }
}
