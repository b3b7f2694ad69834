package io.posthorn.json;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class JsonFuzz {
    private static final int MOST_PIECES = 40;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\":",
            "\"__proto__\":",
            "\"\\u20ac\u20ac\"",
            "\"\\ud83d\\ude00\"",
            "\\ud800",
            "\\",
            "null",
            "true",
            "-0.5e+3",
            "1e999",
            "1e99999999999",
            "0",
            " ",
            "\ufeff",
            "\ud83d\ude00",
            "[".repeat(60),
            "]".repeat(60),
            "7".repeat(600),
            "k".repeat(600));

    @FuzzTest
    void anyBytesAreOneValueOrAreRefused(FuzzedDataProvider data) {
        byte[] json = bytes(data);
        JsonProperties.hold(json);
        JsonElementsProperties.hold(json);
    }

    private static byte[] bytes(FuzzedDataProvider data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int pieces = data.consumeInt(0, MOST_PIECES);
        for (int i = 0; i < pieces; i++) {
            int piece = data.consumeInt(-2, PIECES.size() - 1);
            bytes.writeBytes(
                    piece < 0
                            ? data.consumeBytes(data.consumeInt(0, 8))
                            : PIECES.get(piece).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
