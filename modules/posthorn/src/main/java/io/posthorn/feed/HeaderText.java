package io.posthorn.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text in a header, which holds ASCII: all but visible ASCII, and the percent sign, is percent-encoded UTF-8, so that
 * {@code decodeURIComponent} reads it.
 */
final class HeaderText {
    private static final String HEX = "0123456789ABCDEF";

    private HeaderText() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (unit > ' ' && unit < 0x7f && unit != '%') {
                encoded.append((char) unit);
            } else {
                encoded.append('%').append(HEX.charAt(unit >> 4 & 0xf)).append(HEX.charAt(unit & 0xf));
            }
        }
        return encoded.toString();
    }

    /** The text; a percent sign that begins no escape stands for itself. */
    static String decode(String header) {
        if (header.indexOf('%') < 0) {
            return header;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(header.length());
        for (int i = 0; i < header.length(); i++) {
            int high =
                    header.charAt(i) == '%' && i + 2 < header.length() ? Character.digit(header.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(header.charAt(i + 2), 16);
            if (low < 0) {
                decoded.writeBytes(String.valueOf(header.charAt(i)).getBytes(StandardCharsets.UTF_8));
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
