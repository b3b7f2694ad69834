package io.posthorn.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that event loops complete. Safe for all threads.
 *
 * <p>Waiting for it on an event loop would stop the loop that shall complete it, or another one: there {@code get} and
 * {@code join} throw an {@link IllegalStateException} unless it is done. So do the futures that are derived from it.
 */
public final class LoopFuture<T> extends CompletableFuture<T> {
    /** A future that somebody will complete. */
    public LoopFuture() {}

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException on an event loop, unless this is done
     */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkMayWait();
        return super.get();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException on an event loop, unless this is done
     */
    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkMayWait();
        return super.get(timeout, unit);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException on an event loop, unless this is done
     */
    @Override
    public T join() {
        checkMayWait();
        return super.join();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new LoopFuture<>();
    }

    private void checkMayWait() {
        if (!isDone() && LoopThread.isCurrent()) {
            throw new IllegalStateException("would wait for its own loop; declare the handler blocking");
        }
    }
}
