package io.posthorn.websocket.conformance;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Byte sequences that are UTF-8 and such that are not, by what is wrong with them (RFC 3629, and the Unicode Standard's
 * table 3-7 of well-formed sequences).
 */
final class Utf8Samples {
    /** "κόσμε": five characters of two and three bytes, eleven in all. */
    static final byte[] COSMOS = bytes("ce ba e1 bd b9 cf 83 ce bc ce b5");

    private static final List<String> VALID = List.of(
            "first of one byte: 00",
            "first of two bytes: c2 80",
            "first of three bytes: e0 a0 80",
            "first of four bytes: f0 90 80 80",
            "last of one byte: 7f",
            "last of two bytes: df bf",
            "last of three bytes: ef bf bf",
            "last of four bytes, U+10FFFF: f4 8f bf bf",
            "U+D7FF, before the surrogates: ed 9f bf",
            "U+E000, after the surrogates: ee 80 80",
            "the replacement character: ef bf bd",
            "the replacement character between letters: 61 ef bf bd 62",
            "the byte order mark: ef bb bf 61",
            "interlinear annotation anchor: ef bf b9",
            "interlinear annotation separator: ef bf ba",
            "interlinear annotation terminator: ef bf bb",
            "object replacement character: ef bf bc",
            "NUL between letters: 61 00 62",
            "Chinese: e9 a9 bf e9 a9 ac",
            "an emoji of several code points: f0 9f 91 a9 e2 80 8d f0 9f 92 bb",
            "letters with marks: 48 c3 bc e1 bb 87 cc 88",
            "the copyright sign among ASCII: 28 c2 a9 29");

    private static final List<String> INVALID = List.of(
            "a lead of five bytes: f8 88 80 80 80",
            "a lead of six bytes: fc 84 80 80 80 80",
            "last of four bytes beyond Unicode: f7 bf bf bf",
            "last of five bytes: fb bf bf bf bf",
            "last of six bytes: fd bf bf bf bf bf",
            "U+110000: f4 90 80 80",
            "lead f5: f5 80 80 80",
            "a continuation byte alone, lowest: 80",
            "a continuation byte alone, highest: bf",
            "two continuation bytes: 80 bf",
            "three continuation bytes: 80 bf 80",
            "four continuation bytes: 80 bf 80 bf",
            "five continuation bytes: 80 bf 80 bf 80",
            "six continuation bytes: 80 bf 80 bf 80 bf",
            "a continuation byte too many: c3 a4 a4",
            "the byte fe: fe",
            "the byte ff: ff",
            "both: fe fe ff ff",
            "a slash, overlong in two bytes: c0 af",
            "a slash, overlong in three bytes: e0 80 af",
            "a slash, overlong in four bytes: f0 80 80 af",
            "a slash, overlong in five bytes: f8 80 80 80 af",
            "a slash, overlong in six bytes: fc 80 80 80 80 af",
            "longest overlong of two bytes: c1 bf",
            "longest overlong of three bytes: e0 9f bf",
            "longest overlong of four bytes: f0 8f bf bf",
            "longest overlong of five bytes: f8 87 bf bf bf",
            "longest overlong of six bytes: fc 83 bf bf bf bf",
            "NUL, overlong in two bytes: c0 80",
            "NUL, overlong in three bytes: e0 80 80",
            "NUL, overlong in four bytes: f0 80 80 80",
            "NUL, overlong in five bytes: f8 80 80 80 80",
            "NUL, overlong in six bytes: fc 80 80 80 80 80",
            "surrogate U+D800: ed a0 80",
            "surrogate U+DB7F: ed ad bf",
            "surrogate U+DB80: ed ae 80",
            "surrogate U+DBFF: ed af bf",
            "surrogate U+DC00: ed b0 80",
            "surrogate U+DF80: ed be 80",
            "surrogate U+DFFF: ed bf bf",
            "surrogates U+D800 U+DC00: ed a0 80 ed b0 80",
            "surrogates U+D800 U+DFFF: ed a0 80 ed bf bf",
            "surrogates U+DB7F U+DC00: ed ad bf ed b0 80",
            "surrogates U+DB7F U+DFFF: ed ad bf ed bf bf",
            "surrogates U+DB80 U+DC00: ed ae 80 ed b0 80",
            "surrogates U+DB80 U+DFFF: ed ae 80 ed bf bf",
            "surrogates U+DBFF U+DC00: ed af bf ed b0 80",
            "surrogates U+DBFF U+DFFF: ed af bf ed bf bf");

    private static final List<String> CUT_SHORT = List.of(
            "two bytes, lowest lead: c0",
            "three bytes, lowest lead: e0 80",
            "four bytes, lowest lead: f0 80 80",
            "five bytes, lowest lead: f8 80 80 80",
            "six bytes, lowest lead: fc 80 80 80 80",
            "two bytes: df",
            "three bytes: ef bf",
            "four bytes: f7 bf bf",
            "four bytes of Unicode: f4 8f bf",
            "five bytes: fb bf bf bf",
            "six bytes: fd bf bf bf bf",
            "three bytes, two missing: e2",
            "four bytes, three missing: f0",
            "four bytes, two missing: f0 9f");

    private Utf8Samples() {}

    /** One sequence and what is to be said of it. */
    static final class Sample {
        private final String name;
        private final byte[] bytes;

        Sample(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        String name() {
            return name;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean isValid() {
            return firstBadByte(bytes) == bytes.length && !endsInside(bytes);
        }
    }

    /** Every sample, valid or not, in a fixed order. */
    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        VALID.forEach(line -> samples.add(sample("valid, ", line)));
        for (int plane = 0; plane <= 16; plane++) {
            for (int last = 0xFFFE; last <= 0xFFFF; last++) {
                String hex = String.format("U+%X", plane << 16 | last);
                samples.add(new Sample(
                        "valid, noncharacter " + hex,
                        Character.toString(plane << 16 | last).getBytes(UTF_8)));
            }
        }
        for (int length = 1; length <= COSMOS.length; length++) {
            samples.add(new Sample("the first " + length + " bytes of a word", Arrays.copyOf(COSMOS, length)));
        }
        INVALID.forEach(line -> samples.add(sample("invalid, ", line)));
        samples.add(new Sample("invalid, every continuation byte", range(0x80, 0xBF, "")));
        samples.add(new Sample("invalid, each lead of two bytes before a space", range(0xC0, 0xDF, " ")));
        samples.add(new Sample("invalid, each lead of three bytes before a space", range(0xE0, 0xEF, " ")));
        samples.add(new Sample("invalid, each lead of four bytes before a space", range(0xF0, 0xF7, " ")));
        samples.add(new Sample("invalid, each lead of five bytes before a space", range(0xF8, 0xFB, " ")));
        samples.add(new Sample("invalid, each lead of six bytes before a space", range(0xFC, 0xFD, " ")));
        CUT_SHORT.forEach(line -> samples.add(sample("cut short, ", line)));
        samples.add(new Sample("cut short, all of them after each other", allCutShort()));
        samples.add(new Sample("invalid after a word", concat(COSMOS, bytes("ed a0 80 65 64 69 74 65 64"))));
        return samples;
    }

    /** The index of the first byte after which no text can be UTF-8 any more; the length where there is none. */
    static int firstBadByte(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int lead = bytes[i] & 0xFF;
            int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
            if (more < 0) {
                return i;
            }
            for (int k = 1; k <= more && i + k < bytes.length; k++) {
                if (!allowedAfter(lead, k).test(bytes[i + k] & 0xFF)) {
                    return i + k;
                }
            }
            i += 1 + more;
        }
        return bytes.length;
    }

    private static IntPredicate allowedAfter(int lead, int position) {
        int low = position == 1 && lead == 0xE0 ? 0xA0 : position == 1 && lead == 0xF0 ? 0x90 : 0x80;
        int high = position == 1 && lead == 0xED ? 0x9F : position == 1 && lead == 0xF4 ? 0x8F : 0xBF;
        return value -> value >= low && value <= high;
    }

    /** Whether bytes in which nothing is bad yet end inside a character. */
    private static boolean endsInside(byte[] bytes) {
        return firstBadByte(concat(bytes, new byte[] {'x'})) == bytes.length;
    }

    static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static Sample sample(String kind, String line) {
        int colon = line.lastIndexOf(": ");
        return new Sample(kind + line, bytes(line.substring(colon + 2)));
    }

    private static byte[] range(int from, int to, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int value = from; value <= to; value++) {
            out.write(value);
            out.writeBytes(after.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] allCutShort() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CUT_SHORT.forEach(line -> out.writeBytes(sample("", line).bytes()));
        return out.toByteArray();
    }
}
