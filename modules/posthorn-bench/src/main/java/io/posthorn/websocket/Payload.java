package io.posthorn.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** What the measured messages carry. */
public enum Payload {
    /** Text, a byte for each character. */
    ASCII("The post is here, and the horn is heard: "),
    /** Text, three bytes for each character. */
    CHINESE("邮差来了号角声声大家都在等信今天的消息特别多"),
    /** Text, four bytes for each character, which are two in Java. */
    EMOJI("😀🎺📯✉️📬"),
    /** Any bytes. */
    BINARY("");

    private final String sample;

    Payload(String sample) {
        this.sample = sample;
    }

    boolean isText() {
        return this != BINARY;
    }

    int opcode() {
        return isText() ? FrameHeader.TEXT : FrameHeader.BINARY;
    }

    /** A payload of this many bytes; a text whose last character would not fit ends with spaces. */
    byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        if (!isText()) {
            new Random(size).nextBytes(bytes);
            return bytes;
        }
        Arrays.fill(bytes, (byte) ' ');
        byte[] samples = sample.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < size; ) {
            int length = characterLength(samples[at % samples.length]);
            if (at + length <= size) {
                System.arraycopy(samples, at % samples.length, bytes, at, length);
            }
            at += length;
        }
        return bytes;
    }

    private static int characterLength(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        return Math.min(4, Integer.numberOfLeadingZeros(~(lead << 24)));
    }
}
