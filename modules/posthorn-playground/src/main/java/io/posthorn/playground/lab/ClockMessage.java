package io.posthorn.playground.lab;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What a clock says: {@code 17 2026-11-22T20:30:00.123456Z ……}, a number, the time, and dots up to the payload's size. */
final class ClockMessage {
    // Always six digits, which Instant's own text has not.
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private ClockMessage() {}

    /** A message of that many bytes, or a few more where number and time need them. */
    static String of(long number, Instant time, int bytes) {
        String head = number + " " + MICROSECONDS.format(time);
        int filler = bytes - head.length();
        return filler <= 0 ? head : head + " " + ".".repeat(filler - 1);
    }
}
