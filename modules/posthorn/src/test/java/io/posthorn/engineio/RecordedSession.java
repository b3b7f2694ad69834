package io.posthorn.engineio;

import io.posthorn.loop.Loop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.Payload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import static org.awaitility.Awaitility.await;

/** The server's side of a session: remembers what it hears, and sends when a test says so, from any thread. */
final class RecordedSession implements SessionListener {
    private final EngineSession session;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final BiConsumer<RecordedSession, String> onText;

    RecordedSession(EngineSession session, BiConsumer<RecordedSession, String> onText) {
        this.session = session;
        this.onText = onText;
    }

    EngineSession session() {
        return session;
    }

    /** The next thing that it hears; text as it is, binary as {@code <01 02>}. */
    String next() {
        try {
            String next = heard.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was heard");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** What was heard and not asked for. */
    List<String> rest() {
        return List.copyOf(heard);
    }

    /** How it ended: at most one. */
    List<String> ends() {
        return ends;
    }

    /** Sends a text. */
    void send(String text) {
        onLoop(() -> {
            offer(text, Outbox.Delivery.CERTAIN);
            session.flush();
        });
    }

    void send(byte[] bytes) {
        onLoop(() -> {
            session.offer(Message.of(null, Payload.binary(bytes)), Outbox.Delivery.CERTAIN);
            session.flush();
        });
    }

    /** On the loop: takes a text. */
    void offer(String text, Outbox.Delivery delivery) {
        session.offer(Message.of(null, Payload.text("4" + text)), delivery);
    }

    void onLoop(Runnable action) {
        session.loop().mailbox().execute(action);
    }

    /** Has an action run on the loop, and returns when it has: what a test sends afterwards comes after it. */
    void onLoopFirst(Runnable action) {
        CountDownLatch done = new CountDownLatch(1);
        onLoop(() -> {
            action.run();
            done.countDown();
        });
        await().until(() -> done.getCount() == 0);
    }

    Loop loop() {
        return session.loop();
    }

    @Override
    public void onText(byte[] message, int from) {
        String text = new String(message, from, message.length - from, StandardCharsets.UTF_8);
        heard.add(text);
        onText.accept(this, text);
    }

    @Override
    public void onBinary(byte[] bytes) {
        StringBuilder hex = new StringBuilder("<");
        for (byte each : bytes) {
            hex.append(hex.length() == 1 ? "" : " ").append(String.format("%02x", each));
        }
        heard.add(hex.append('>').toString());
    }

    @Override
    public void onUpgrade() {
        heard.add("upgraded");
    }

    @Override
    public void onClose(SessionCloseReason reason, String description) {
        ends.add(reason.text());
    }
}
