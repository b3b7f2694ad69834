package io.posthorn.websocket.conformance;

import java.util.Arrays;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the cases send: the same bytes in each run. */
final class Payloads {
    private static final String[] NAMES = {"price", "volume", "symbol", "time", "bid", "ask", "名字", "messages", "open"};
    private static final String[] TAGS = {"div", "p", "span", "li", "a href=\"/live/room\"", "em", "td class=\"n\""};
    private static final String WORDS =
            "the horn of a post rider told everyone in the town that a message had come from "
                    + "far away and whoever heard it came to the door; 驿马的号角一响，全镇的人都知道远方来了消息。 ";

    private Payloads() {}

    /** Letters of ASCII, no two neighbours alike. */
    static byte[] ascii(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        return bytes;
    }

    /** Every byte value in turn, which no UTF-8 decoder would take. */
    static byte[] binary(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (0xFE - i);
        }
        return bytes;
    }

    /** {@code length} bytes of a UTF-8 text that begins at {@code from} of an endless one and is filled with spaces. */
    static byte[] text(byte[] endless, int from, int length) {
        byte[] piece = piece(endless, from, length);
        int begin = 0;
        while (begin < length && (piece[begin] & 0xC0) == 0x80) {
            piece[begin++] = ' ';
        }
        int end = length;
        while (end > begin && (piece[end - 1] & 0xC0) == 0x80) {
            piece[--end] = ' ';
        }
        if (end > begin && (piece[end - 1] & 0x80) != 0) {
            piece[end - 1] = ' ';
        }
        return piece;
    }

    /** {@code length} bytes from {@code from} on, around the end as often as needed. */
    static byte[] piece(byte[] endless, int from, int length) {
        byte[] piece = new byte[length];
        for (int i = 0; i < length; i++) {
            piece[i] = endless[(from + i) % endless.length];
        }
        return piece;
    }

    /** Records as an exchange sends them. */
    static byte[] json(int length) {
        Random random = new Random(1);
        StringBuilder json = new StringBuilder("[");
        while (json.length() < length) {
            json.append("{\"id\":").append(random.nextInt(100_000));
            for (int i = 0; i < 4; i++) {
                String name = NAMES[random.nextInt(NAMES.length)];
                json.append(",\"").append(name).append("\":").append(random.nextInt(1000) / 8.0);
            }
            json.append("},\n");
        }
        return Arrays.copyOf(json.toString().getBytes(UTF_8), length);
    }

    /** A page of markup. */
    static byte[] html(int length) {
        Random random = new Random(2);
        StringBuilder html = new StringBuilder("<!doctype html>\n");
        while (html.length() < length) {
            String tag = TAGS[random.nextInt(TAGS.length)];
            int word = random.nextInt(WORDS.length() - 20);
            html.append('<')
                    .append(tag)
                    .append('>')
                    .append(WORDS, word, word + 20)
                    .append("</>\n");
        }
        return Arrays.copyOf(html.toString().getBytes(UTF_8), length);
    }

    /** Prose in two languages. */
    static byte[] prose(int length) {
        Random random = new Random(3);
        String[] words = WORDS.split(" ", -1);
        StringBuilder prose = new StringBuilder();
        while (prose.length() < length) {
            prose.append(words[random.nextInt(words.length)]).append(' ');
        }
        return Arrays.copyOf(prose.toString().getBytes(UTF_8), length);
    }

    /** A grey picture: slopes with a little noise, so that compression gains some. */
    static byte[] picture(int length) {
        Random random = new Random(4);
        byte[] picture = new byte[length];
        for (int i = 0; i < length; i++) {
            picture[i] = (byte) (i % 512 / 4 + i / 4096 + random.nextInt(4));
        }
        return picture;
    }

    /** What is compressed already, with a line of text here and there. */
    static byte[] archive(int length) {
        Random random = new Random(5);
        byte[] archive = new byte[length];
        random.nextBytes(archive);
        byte[] line = "\nendstream\nendobj\n0000 65535 f\n".getBytes(UTF_8);
        for (int at = 2000; at + line.length < length; at += 2000 + random.nextInt(8000)) {
            System.arraycopy(line, 0, archive, at, line.length);
        }
        return archive;
    }
}
