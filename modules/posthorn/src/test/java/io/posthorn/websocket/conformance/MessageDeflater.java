package io.posthorn.websocket.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses a client's messages as it was agreed (RFC 7692 7.2.1): with the JDK's deflater where the window is whole,
 * with {@link WindowedDeflater} where it is smaller. Closed by the client that owns it.
 */
final class MessageDeflater implements AutoCloseable {
    private static final int TAIL = 4;

    private final DeflateAgreement agreement;
    private final Deflater whole = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final WindowedDeflater small;

    MessageDeflater(DeflateAgreement agreement) {
        this.agreement = agreement;
        this.small = new WindowedDeflater(agreement.clientMaxWindowBits(), !agreement.clientNoContextTakeover());
    }

    byte[] deflate(byte[] message) {
        return agreement.clientMaxWindowBits() == 15 ? deflateWhole(message) : small.deflate(message);
    }

    private byte[] deflateWhole(byte[] message) {
        if (agreement.clientNoContextTakeover()) {
            whole.reset();
        }
        whole.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length / 2 + 64);
        byte[] chunk = new byte[8192];
        int length;
        do {
            length = whole.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, length);
        } while (length == chunk.length);
        byte[] flushed = out.toByteArray();
        return message.length == 0 ? new byte[1] : Arrays.copyOf(flushed, flushed.length - TAIL);
    }

    @Override
    public void close() {
        whole.end();
    }
}
