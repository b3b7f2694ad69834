package io.posthorn.socketio.protocol;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class PacketDecoderFuzz {
    private static final int MOST_PACKETS = 6;
    private static final int MOST_PIECES = 12;

    private static final List<String> PIECES = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "51-",
            "62-",
            "510-",
            "7",
            "/",
            "/a,",
            "/a?b=c,",
            "12",
            "99999999999999999999",
            "[\"e\"]",
            "[\"e\",",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "{}",
            "null",
            "1",
            "1e5",
            "\"x\"",
            "\"connect\"",
            "\\u0063",
            "{\"_placeholder\":true,\"num\":0}",
            "{\"_placeholder\":true,\"num\":",
            "\"_placeholder\":true",
            "\"num\":1",
            "\u20ac");

    @FuzzTest
    void anyBytesArePacketsOrAreRefused(FuzzedDataProvider data) {
        List<byte[]> texts = new ArrayList<>();
        int packets = data.consumeInt(1, MOST_PACKETS);
        for (int i = 0; i < packets; i++) {
            texts.add(text(data));
        }
        PacketProperties.hold(texts, data.consumeRemainingAsBytes());
    }

    private static byte[] text(FuzzedDataProvider data) {
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
