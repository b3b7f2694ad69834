package io.posthorn.engineio;

import io.posthorn.http.RawClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static io.posthorn.engineio.EngineClient.SEPARATOR;
import static io.posthorn.engineio.EngineClient.body;

/** A client that polls and posts for a while, goes over to WebSocket in the midst of it, and does so as it should. */
final class UpgradingClient {
    private static final int MOST_PACKETS = 8;

    private final EngineClient client;
    private final Random random;
    private final List<String> got = new ArrayList<>();
    private int sent;

    UpgradingClient(EngineClient client, long seed) {
        this.client = client;
        this.random = new Random(seed);
    }

    /** Sends {@code up 0}, {@code up 1} and so on, and returns the messages that came. */
    List<String> run(int up, int down) {
        RawClient poll = client.beginPoll();
        for (int rounds = random.nextInt(6); rounds > 0 && got.size() < down; rounds--) {
            post(up);
            take(body(poll.answer()));
            poll = client.beginPoll();
        }
        try (EngineFrames frames = client.webSocket()) {
            frames.send("2probe");
            post(up); // the probe's answer may be on its way
            frames.expect("3probe");
            take(body(poll.answer()));
            for (int late = random.nextInt(3); late > 0; late--) {
                take(client.poll());
            }
            frames.send("5");
            int sentByPost = sent;
            while (got.size() < down || sent < up) {
                if (sent < up && (got.size() == down || sent - sentByPost <= got.size())) {
                    frames.send("4up " + sent++);
                } else {
                    take(frames.next());
                }
            }
        } finally {
            client.close();
        }
        return got;
    }

    private void post(int up) {
        StringBuilder packets = new StringBuilder();
        for (int packet = 1 + random.nextInt(MOST_PACKETS); packet > 0 && sent < up; packet--) {
            packets.append(packets.length() == 0 ? "" : SEPARATOR)
                    .append("4up ")
                    .append(sent++);
        }
        if (packets.length() > 0 && !body(client.post(packets.toString())).equals("ok")) {
            throw new AssertionError("a POST was refused");
        }
    }

    private void take(String payload) {
        for (String packet : payload.split(SEPARATOR, -1)) {
            if (packet.startsWith("4")) {
                got.add(packet.substring(1));
            } else if (!packet.equals("6")) {
                throw new AssertionError("not a message: " + packet);
            }
        }
    }
}
