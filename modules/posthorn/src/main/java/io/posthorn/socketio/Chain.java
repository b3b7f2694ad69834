package io.posthorn.socketio;

import io.posthorn.loop.HandlerSite;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserCalls;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Middlewares one after the other, and then what they stand before. A middleware that goes on before it returns is followed
 * by the next one within its own call, so that the order of events is kept; one that goes on later comes back to the loop.
 */
final class Chain {
    private final Loop loop;
    private final UserCalls calls;
    private final int bytes;
    private final Steps steps;

    /** What is run; the methods are called on the loop, or on the thread of the middleware before. */
    interface Steps {
        int count();

        HandlerSite site(int index);

        /** Calls a middleware. */
        void call(int index, Next next) throws Exception;

        /** All have gone on. */
        void passed();

        /** One has refused. */
        void refused(RefusedException refusal);

        /**
         * One has thrown something else.
         *
         * @param isDecided whether it had gone on, or refused, before: that stands
         */
        void failed(Throwable failure, boolean isDecided);
    }

    /**
     * Middlewares of one socket.
     *
     * @param bytes what the event holds that they stand before
     */
    Chain(Loop loop, UserCalls calls, int bytes, Steps steps) {
        this.loop = loop;
        this.calls = calls;
        this.bytes = bytes;
        this.steps = steps;
    }

    /** Begins, on the loop. */
    void run() {
        step(0);
    }

    private void step(int index) {
        if (index == steps.count()) {
            steps.passed();
        } else if (loop.inLoop()) {
            calls.call(steps.site(index), bytes, () -> call(index));
        } else {
            call(index);
        }
    }

    private void call(int index) {
        Link link = new Link(index);
        try {
            steps.call(index, link);
        } catch (RefusedException refusal) {
            link.end(refusal);
        } catch (Throwable failure) {
            // An Error is the application's failure too.
            steps.failed(failure, !link.used.compareAndSet(false, true));
        } finally {
            link.caller = null;
        }
    }

    /** The way on from one middleware. */
    private final class Link implements Next {
        private final int index;
        private final AtomicBoolean used = new AtomicBoolean();
        /** Who calls the middleware, as long as it has not returned. */
        private volatile @Nullable Thread caller = Thread.currentThread();

        Link(int index) {
            this.index = index;
        }

        @Override
        public void proceed() {
            if (used.compareAndSet(false, true)) {
                goOn(() -> step(index + 1));
            }
        }

        @Override
        public void refuse(String message, @Nullable Object data) {
            end(new RefusedException(message, data));
        }

        private void end(RefusedException refusal) {
            if (used.compareAndSet(false, true)) {
                goOn(() -> steps.refused(refusal));
            }
        }

        private void goOn(Runnable rest) {
            if (caller == Thread.currentThread()) {
                rest.run();
            } else {
                loop.mailbox().execute(rest);
            }
        }
    }
}
