package io.posthorn.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.TokenBuffer;

import java.util.Arrays;
import java.util.List;

/**
 * Where in checked JSON objects stand for attachments, and for which. An object is a placeholder if its {@code
 * _placeholder} is {@code true}, whatever else it holds; what is inside of it is not looked at. Immutable.
 */
final class Placeholders {
    static final Placeholders NONE = new Placeholders(new int[0]);

    private static final String MARK = "_placeholder";
    private static final String NUMBER = "num";

    /** Pairs, by rising place: the index of the opening brace, and the attachment's. */
    private final int[] pairs;

    private Placeholders(int[] pairs) {
        this.pairs = pairs;
    }

    /**
     * Finds them all.
     *
     * @param bounds of the values to look at
     * @throws JsonException if one names no attachment
     */
    static Placeholders find(byte[] json, int[] bounds, int attachments) {
        Search search = new Search(attachments);
        for (int i = 0; i < bounds.length; i += 2) {
            if (json[bounds[i]] == '{' || json[bounds[i]] == '[') {
                search.in(json, bounds[i], bounds[i + 1]);
            }
        }
        return new Placeholders(Arrays.copyOf(search.pairs, search.size));
    }

    /** The index of the attachment whose placeholder begins at a place, or -1. */
    int at(int place) {
        int low = 0;
        int high = pairs.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (pairs[2 * middle] == place) {
                return pairs[2 * middle + 1];
            }
            if (pairs[2 * middle] < place) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Parses the value that begins at a place, with the attachments as values where their placeholders are. */
    JsonParser replacing(JsonParser parser, int place, List<byte[]> attachments) {
        TokenBuffer buffer = TokenBuffer.forGeneration();
        while (parser.nextToken() != null) {
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            int attachment = isObject ? at(place + offset(parser)) : -1;
            if (attachment < 0) {
                buffer.copyCurrentEvent(parser);
            } else {
                parser.skipChildren();
                buffer.writePOJO(attachments.get(attachment).clone());
            }
        }
        return buffer.asParser();
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** One pass over the tokens, as deep as JSON may nest. */
    private static final class Search {
        private final int attachments;
        private int[] pairs = new int[8];
        private int size;
        private int start;

        Search(int attachments) {
            this.attachments = attachments;
        }

        void in(byte[] json, int from, int to) {
            start = from;
            try (JsonParser parser = Json.parser(json, from, to)) {
                parser.nextToken();
                if (!children(parser)) {
                    throw new JsonException("a placeholder names none of " + attachments + " attachments");
                }
            }
        }

        /** Goes to the end of the object or array that the parser is at the beginning of; false if something in it is wrong. */
        private boolean children(JsonParser parser) {
            return parser.currentToken() == JsonToken.START_ARRAY ? array(parser) : object(parser);
        }

        private boolean array(JsonParser parser) {
            boolean isRight = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken().isStructStart()) {
                    isRight &= children(parser);
                }
            }
            return isRight;
        }

        private boolean object(JsonParser parser) {
            int place = start + offset(parser);
            int sizeBefore = size;
            boolean isPlaceholder = false;
            int attachment = -1;
            boolean isRight = true;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                // Of equal names the last one counts.
                if (name.equals(MARK)) {
                    isPlaceholder = value == JsonToken.VALUE_TRUE;
                } else if (name.equals(NUMBER)) {
                    attachment = value.isNumeric() ? attachment(parser) : -1;
                }
                if (value.isStructStart()) {
                    isRight &= children(parser);
                }
            }
            if (!isPlaceholder) {
                return isRight;
            }
            // What was inside is nobody's business any more.
            size = sizeBefore;
            add(place, attachment);
            return attachment >= 0;
        }

        /** The index that a number is, in whatever form it stands there; -1 if it is none. */
        private int attachment(JsonParser parser) {
            double number = parser.getDoubleValue();
            return number >= 0 && number < attachments && number == Math.rint(number) ? (int) number : -1;
        }

        private void add(int place, int attachment) {
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * size);
            }
            pairs[size++] = place;
            pairs[size++] = attachment;
        }
    }
}
