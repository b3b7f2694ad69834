package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.loop.OnLoop;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request's way through the middlewares, one after the other, each on the loop of the request's connection. */
final class MiddlewareChain {
    private final EngineIo engine;
    private final HttpExchange exchange;
    private final Runnable end;

    private MiddlewareChain(EngineIo engine, HttpExchange exchange, Runnable end) {
        this.engine = engine;
        this.exchange = exchange;
        this.end = end;
    }

    /** Takes a request through all middlewares and to the end, unless one of them answers it, or fails. */
    @OnLoop
    static void run(EngineIo engine, HttpExchange exchange, Runnable end) {
        new MiddlewareChain(engine, exchange, end).step(0);
    }

    private void step(int index) {
        if (index == engine.options().middlewares().size()) {
            if (!exchange.isAnswered()) {
                end.run();
            }
            return;
        }
        Step next = new Step(index + 1);
        try {
            engine.options().middlewares().get(index).handle(exchange, next);
        } catch (Throwable failure) {
            // An Error too: the client waits for its answer.
            next.fail(failure);
        }
    }

    private final class Step implements EngineMiddleware.Next {
        private final int next;
        private final AtomicBoolean taken = new AtomicBoolean();

        Step(int next) {
            this.next = next;
        }

        @Override
        public void proceed() {
            if (taken.compareAndSet(false, true)) {
                exchange.loop().mailbox().execute(() -> step(next));
            }
        }

        @Override
        public void fail(Throwable cause) {
            if (taken.compareAndSet(false, true)) {
                engine.refuse(exchange, EngineError.BAD_REQUEST, Map.of("name", "MIDDLEWARE_FAILURE", "error", cause));
            }
        }
    }
}
