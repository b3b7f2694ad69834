package io.posthorn;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps the JVM while a server listens, by a thread that only waits. The event loops' threads do not keep it, so that a
 * program whose server could not be started ends. Its server starts and closes it.
 */
final class KeepAlive implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);

    void start() {
        Thread thread = new Thread(this::awaitClose, "posthorn");
        thread.setDaemon(false);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
