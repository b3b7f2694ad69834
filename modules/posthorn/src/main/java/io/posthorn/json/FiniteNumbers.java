package io.posthorn.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes {@code null} for NaN and the infinities, as {@code JSON.stringify} does: JSON has no word for them (RFC 8259 6),
 * and Jackson would write a string. One is made per value that is written.
 */
final class FiniteNumbers extends JsonGeneratorDelegate {
    FiniteNumbers(JsonGenerator target) {
        super(target);
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        return Double.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return Float.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] numbers, int offset, int length) {
        writeStartArray(numbers, length);
        for (int i = 0; i < length; i++) {
            writeNumber(numbers[offset + i]);
        }
        return writeEndArray();
    }
}
