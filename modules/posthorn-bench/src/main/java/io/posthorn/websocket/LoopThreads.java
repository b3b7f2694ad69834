package io.posthorn.websocket;

import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs JMH on threads such as event loops have, on which alone Netty reuses its objects. JMH makes it, by name. */
public final class LoopThreads extends ThreadPoolExecutor {
    static final String OPTION = "-Djmh.executor.class=io.posthorn.websocket.LoopThreads";

    /** As JMH wants it. */
    public LoopThreads(int threads, String prefix) {
        super(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), new DefaultThreadFactory(prefix));
    }
}
