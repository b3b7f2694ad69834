package io.posthorn.socketio;

import io.posthorn.http.RawClient;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * One client's short life on bare sockets, as chance has it: by polling or WebSocket, perhaps upgraded in between, in rooms
 * and with acknowledgements open, and gone with a word or without.
 */
final class SoakClient implements AutoCloseable {
    private static final String PATH = "/socket.io/?EIO=4&transport=";

    private final int port;
    private final Random random;
    private final RawClient polls;
    private RawClient socket;
    private String sid = "";

    SoakClient(int port, Random random) {
        this.port = port;
        this.random = random;
        this.polls = new RawClient(port);
        this.socket = polls;
    }

    /** Connects to the main namespace and does something there. */
    void begin() {
        if (random.nextInt(4) == 0) {
            upgrade("websocket");
            sid = open(frame());
            join(this::sendFrame);
            act(this::sendFrame);
            return;
        }
        sid = open(get());
        join(this::post);
        act(this::post);
        if (random.nextBoolean()) {
            upgrade("websocket&sid=" + sid);
            sendFrame("2probe");
            if (random.nextInt(8) != 0) { // some never go on
                frame();
                sendFrame("5");
                act(this::sendFrame);
            }
        }
    }

    /** Says farewell, or not. */
    @Override
    public void close() {
        switch (random.nextInt(4)) {
            case 0 -> say("1");
            case 1 -> say("41");
            case 2 -> say("not a packet");
            default -> {} // without a word
        }
        if (socket != polls) {
            socket.close();
        }
        polls.close();
    }

    private interface Sender {
        void send(String packet);
    }

    private void join(Sender sender) {
        sender.send("40");
        if (random.nextInt(4) == 0) {
            sender.send("40/other,");
        }
    }

    private void act(Sender sender) {
        for (int i = random.nextInt(6); i > 0; i--) {
            sender.send(
                    switch (random.nextInt(4)) {
                        case 0 -> "42[\"join\",\"room-" + random.nextInt(50) + "\"]";
                        case 1 -> "42[\"leave\",\"room-" + random.nextInt(50) + "\"]";
                        case 2 -> "42[\"say\",\"room-" + random.nextInt(50) + "\",\"hello\"]";
                        default -> "42[\"ask\"]";
                    });
        }
    }

    private void say(String packet) {
        if (socket != polls) {
            sendFrame(packet);
        } else {
            polls.send(request("POST", PATH + "polling&sid=" + sid, packet));
        }
    }

    private String get() {
        polls.send(request("GET", PATH + "polling", ""));
        return polls.answer();
    }

    private void post(String packet) {
        polls.send(request("POST", PATH + "polling&sid=" + sid, packet));
        String answer = polls.answer();
        if (!answer.endsWith("ok")) {
            throw new AssertionError(answer);
        }
    }

    private void upgrade(String transport) {
        socket = new RawClient(port);
        socket.send("GET " + PATH + transport + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==\r\n\r\n");
        String head = socket.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(head);
        }
    }

    /** A text frame of at most 125 bytes, masked with zeros. */
    private void sendFrame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        socket.send(frame);
    }

    private String frame() {
        int length = socket.bytes(2).charAt(1);
        if (length == 126) {
            String two = socket.bytes(2);
            length = two.charAt(0) << 8 | two.charAt(1);
        }
        return socket.bytes(length);
    }

    private static String open(String answer) {
        int from = answer.indexOf("\"sid\":\"") + 7;
        return answer.substring(from, answer.indexOf('"', from));
    }

    private static String request(String method, String target, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
