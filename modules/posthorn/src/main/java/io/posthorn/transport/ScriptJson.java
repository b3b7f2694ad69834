package io.posthorn.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * JSON that is JavaScript too, and may stand in the {@code <script>} of a document: nothing in it ends the script, opens a
 * comment or is a line end to anyone.
 */
final class ScriptJson {
    private static final String HEX = "0123456789ABCDEF";

    private ScriptJson() {}

    /** A text as a string literal, with its quotes. */
    static String quote(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPair(text, i)) {
                literal.append(c).append(text.charAt(++i));
            } else {
                append(literal, c);
            }
        }
        return literal.append('"').toString();
    }

    /** The cursors between which messages are missing. */
    static String gap(Gap gap) {
        List<String> fields = new ArrayList<>(2);
        if (gap.after() != null) {
            fields.add(field("after", gap.after().toString()));
        }
        fields.add(field("before", gap.before().toString()));
        return object(fields);
    }

    /** What there is to tell of a message beside its data: {@code {id, event, encoding, gap}}, those that it has. */
    static String info(Message message, boolean isBase64) {
        List<String> fields = new ArrayList<>(4);
        message.cursor().ifPresent(cursor -> fields.add(field("id", cursor.toString())));
        message.event().ifPresent(event -> fields.add(field("event", event)));
        if (isBase64) {
            fields.add(field("encoding", "base64"));
        }
        message.gap().ifPresent(gap -> fields.add("\"gap\":" + gap(gap)));
        return object(fields);
    }

    private static String object(List<String> fields) {
        return "{" + String.join(",", fields) + "}";
    }

    private static String field(String name, String value) {
        return quote(name) + ":" + quote(value);
    }

    private static boolean isPair(String text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    private static void append(StringBuilder literal, char c) {
        switch (c) {
            case '"', '\\' -> literal.append('\\').append(c);
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            case '\t' -> literal.append("\\t");
            // WHATWG HTML 13.2.5: "</script", "<!--" and "<script" change what a script is, and "-->" ends a comment.
            // ECMA-262 before 2019: U+2028 and U+2029 end a line, and a string with it.
            case '<', '>', '\u2028', '\u2029' -> unicode(literal, c);
            default -> {
                if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                    unicode(literal, c);
                } else {
                    literal.append(c);
                }
            }
        }
    }

    private static void unicode(StringBuilder literal, char c) {
        literal.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            literal.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
