package io.posthorn.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One deflater and one inflater per loop for the connections that begin each message anew: making one costs more than
 * compressing a small message. Who keeps its context over messages has its own, and leaves it here when it ends.
 */
@OnLoop
final class ZlibCache {
    private static final FastThreadLocal<ZlibCache> CACHE = new FastThreadLocal<>() {
        @Override
        protected ZlibCache initialValue() {
            return new ZlibCache();
        }

        @Override
        protected void onRemoval(ZlibCache cache) {
            cache.close();
        }
    };

    /** By level, which a deflater keeps: the JDK's, told another one after a reset, swallows what it is given next. */
    private final @Nullable Deflater[] deflaters = new Deflater[Deflater.BEST_COMPRESSION + 1];

    private @Nullable Inflater inflater;

    private ZlibCache() {}

    /** The calling loop's. */
    static ZlibCache ofThisLoop() {
        return CACHE.get();
    }

    /** A raw deflater at the beginning of a stream, to be given back. */
    Deflater takeDeflater(int level) {
        Deflater taken = deflaters[level];
        deflaters[level] = null;
        return taken == null ? new Deflater(level, true) : taken;
    }

    /** A raw inflater at the beginning of a stream, to be given back. */
    Inflater takeInflater() {
        Inflater taken = inflater;
        inflater = null;
        return taken == null ? new Inflater(true) : taken;
    }

    /** Takes a deflater of a level back, and frees it where there is one already. */
    void give(Deflater returned, int level) {
        if (deflaters[level] == null) {
            returned.reset();
            deflaters[level] = returned;
        } else {
            returned.end();
        }
    }

    /** Takes an inflater back, and frees it where there is one already. */
    void give(Inflater returned) {
        if (inflater == null) {
            returned.reset();
            inflater = returned;
        } else {
            returned.end();
        }
    }

    private void close() {
        for (Deflater deflater : deflaters) {
            if (deflater != null) {
                deflater.end();
            }
        }
        if (inflater != null) {
            inflater.end();
        }
    }
}
