package io.posthorn.loop;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

/** The thread of an event loop, of whichever server: who runs on one may not wait. */
final class LoopThread extends FastThreadLocalThread {
    private LoopThread(ThreadGroup group, Runnable task, String name) {
        super(group, task, name);
    }

    /** Whether the caller runs on an event loop. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread;
    }

    /** Makes them, as daemons. */
    static final class Factory extends DefaultThreadFactory {
        Factory() {
            super("posthorn-loop", true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new LoopThread(threadGroup, task, name);
        }
    }
}
