package io.posthorn.feed;

import io.posthorn.transport.Payload;

import java.util.Random;

/** What the measured messages say. */
public enum MeasuredPayload {
    /** A text of 16 bytes. */
    TEXT_16,
    /** A text of 1 KiB. */
    TEXT_1024,
    /** 1 KiB of any bytes. */
    BINARY_1024;

    /** A payload of this kind. */
    Payload make() {
        return switch (this) {
            case TEXT_16 -> Payload.text(text(16));
            case TEXT_1024 -> Payload.text(text(1024));
            case BINARY_1024 -> Payload.binary(bytes(1024));
        };
    }

    /** ASCII in one line, with something to escape in every fiftieth place. */
    static String text(int size) {
        String sample = "The post is here, and the horn is heard: \"tantara\" ";
        return sample.repeat(size / sample.length() + 1).substring(0, size);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
