package io.posthorn.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a {@link JsonText} as its string. */
final class JsonTextSerializer extends StdSerializer<JsonText> {
    JsonTextSerializer() {
        super(JsonText.class);
    }

    @Override
    public void serialize(JsonText value, JsonGenerator generator, SerializationContext context) {
        generator.writeString(value.jsonText());
    }
}
