package io.posthorn.socketio;

import io.posthorn.engineio.EngineSession;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The moment behind the answer to a CONNECT, in which nothing else is sent over a WebSocket. Programs that listen for one
 * message after the other lose the second of two that they read at once; Node's server, too, gives the answer a write of its
 * own. It lives on the session's loop, and ends by itself.
 */
@OnLoop
final class AfterConnect {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final EngineSession session;
    private final Runnable onOver;
    private final List<Held> held = new ArrayList<>(0);
    private boolean isOver;

    private record Held(Message message, Delivery delivery) {}

    /** Begins, once the answer was flushed; whoever holds it lets it go when it is over. */
    AfterConnect(EngineSession session, Runnable onOver) {
        this.session = session;
        this.onOver = onOver;
        session.openToBursts(false);
        session.loop().schedule(this::end, NANOS);
    }

    /** Takes a message that is sent in the end. */
    void offer(Message message, Delivery delivery) {
        held.add(new Held(message, delivery));
    }

    /** Sends what was taken; the second time does nothing. */
    void end() {
        if (!isOver) {
            session.loop().broadcasts().deliver(); // to be held behind the rest
            isOver = true;
            session.openToBursts(true);
            held.forEach(each -> session.offer(each.message(), each.delivery()));
            session.flush();
            onOver.run();
        }
    }
}
