package io.posthorn.engineio;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class PayloadFuzz {
    private static final int MOST_PIECES = 20;
    private static final List<String> PIECES =
            List.of("4", "b", "3", "\u001e", "AQID", "=", "==", "2probe", "4\u20ac", "b\u001e4", "\u001e\u001e");

    @FuzzTest
    void anyBytesArePacketsOrAreRefused(FuzzedDataProvider data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int pieces = data.consumeInt(0, MOST_PIECES);
        for (int i = 0; i < pieces; i++) {
            int piece = data.consumeInt(-2, PIECES.size() - 1);
            bytes.writeBytes(
                    piece < 0
                            ? data.consumeBytes(data.consumeInt(0, 8))
                            : PIECES.get(piece).getBytes(StandardCharsets.UTF_8));
        }
        PayloadProperties.hold(bytes.toByteArray());
    }
}
