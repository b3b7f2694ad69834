package io.posthorn.engineio;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;
import io.posthorn.transport.Transport;
import io.posthorn.websocket.WebSocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a session that polls gets a WebSocket. Until the client says {@code 5} the session's data goes by its polls, and
 * whatever is wrong with the WebSocket ends this and no more.
 *
 * <pre>
 *   OPENED ── 2probe, answered 3probe ──► PROBED ── 5 ──► DONE     PROBED: each poll is answered at once, with 6 where
 *      │                                    │                      there is nothing else, so that the client can stop
 *      └──── anything else, too late ───────┴───────────► FAILED   polling; what comes meanwhile waits for the next poll
 *                                                                  or for DONE, when it leaves by the WebSocket
 * </pre>
 */
@OnLoop
final class Upgrade implements WebSocketLink.Receiver {
    private static final byte[] PROBE = "2probe".getBytes(StandardCharsets.US_ASCII);

    private final Loop loop;
    private final Listener listener;
    private final WebSocketLink link;
    private final TimerWheel.Deadline deadline = new ProbeDeadline();
    private Phase phase = Phase.OPENED;

    private enum Phase {
        OPENED,
        PROBED,
        DONE,
        FAILED
    }

    /** What a session hears of its upgrade. */
    interface Listener {
        /** The client has seen that the WebSocket works, and is about to stop polling. */
        void onProbed();

        /** The client has stopped polling: the WebSocket is the session's. */
        void onUpgraded(WebSocketLink link);

        /** It came to nothing. */
        void onUpgradeFailed();
    }

    /** An upgrade that begins, when the WebSocket connects, on the session's home loop. */
    Upgrade(WebSocket webSocket, EngineTimings timings, Listener listener) {
        this.loop = webSocket.loop();
        this.listener = listener;
        this.link = new WebSocketLink(webSocket, this);
        loop.timers().schedule(deadline, timings.upgradeTimeout().toNanos());
    }

    /** Whether polls are to wait no more. */
    boolean isProbed() {
        return phase == Phase.PROBED;
    }

    /** Ends it, unless it has ended. */
    void fail() {
        if (isOver()) {
            return;
        }
        become(Phase.FAILED);
        link.close();
        listener.onUpgradeFailed();
    }

    @Override
    public void onText(byte[] packet) {
        if (phase == Phase.OPENED && Arrays.equals(packet, PROBE)) {
            become(Phase.PROBED);
            Transport transport = link.transport();
            transport.write(Packets.PROBE_ANSWER);
            transport.flush();
            listener.onProbed();
        } else if (phase == Phase.PROBED && PacketType.of(packet) == PacketType.UPGRADE) {
            become(Phase.DONE);
            listener.onUpgraded(link);
        } else {
            fail();
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        fail();
    }

    @Override
    public void onWritable() {}

    @Override
    public void onEnded(int code) {
        fail();
    }

    private boolean isOver() {
        return phase == Phase.DONE || phase == Phase.FAILED;
    }

    private void become(Phase next) {
        boolean allowed = switch (next) {
            case OPENED -> false;
            case PROBED -> phase == Phase.OPENED;
            case DONE -> phase == Phase.PROBED;
            case FAILED -> !isOver();
        };
        if (!allowed) {
            throw new IllegalStateException("An upgrade that is " + phase + " does not become " + next);
        }
        phase = next;
        if (isOver()) {
            loop.timers().cancel(deadline);
        }
    }

    private final class ProbeDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            fail();
        }
    }
}
