package io.posthorn.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads strings as Jackson does, but that what is binary is not taken for one: it would become Base64. */
final class TextDeserializer extends StdScalarDeserializer<String> {
    TextDeserializer() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        return parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                ? (String) context.handleUnexpectedToken(getValueType(context), parser)
                : StringDeserializer.instance.deserialize(parser, context);
    }
}
