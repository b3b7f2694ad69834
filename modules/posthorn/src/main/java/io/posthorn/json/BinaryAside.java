package io.posthorn.json;

import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** Writes a placeholder for what is binary, and adds the bytes to a list. One is made per value that is written. */
final class BinaryAside extends JsonGeneratorDelegate {
    private final List<byte[]> attachments;

    BinaryAside(JsonGenerator target, List<byte[]> attachments) {
        // Not past this generator: what stands inside of other values must be seen too.
        super(target, false);
        this.attachments = attachments;
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] bytes, int offset, int length) {
        aside(Arrays.copyOfRange(bytes, offset, offset + length));
        return this;
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream bytes, int length) {
        try {
            byte[] read = length < 0 ? bytes.readAllBytes() : bytes.readNBytes(length);
            aside(read);
            return read.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void aside(byte[] bytes) {
        writeRawValue(placeholder(attachments.size()));
        attachments.add(bytes);
    }

    /** What peers look for is read as JSON, but tests of theirs compare it as text. */
    static String placeholder(int attachment) {
        return "{\"_placeholder\":true,\"num\":" + attachment + '}';
    }
}
