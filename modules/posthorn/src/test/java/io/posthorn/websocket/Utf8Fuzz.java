package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

class Utf8Fuzz {
    /** One of these completes whatever may still become UTF-8. */
    private static final List<byte[]> COMPLETIONS = List.of(
            hex(""),
            hex("80"),
            hex("90"),
            hex("a0"),
            hex("8080"),
            hex("9080"),
            hex("a080"),
            hex("808080"),
            hex("908080"),
            hex("a08080"));

    @FuzzTest
    void bytesAreRefusedAsSoonAsNothingCanMakeThemUtf8(FuzzedDataProvider data) {
        int cut = data.consumeInt(0, 80);
        byte[] bytes = data.consumeRemainingAsBytes();
        int middle = Math.min(cut, bytes.length);

        Utf8Validator validator = new Utf8Validator();
        boolean accepted = validator.accept(bytes, 0, middle) && validator.accept(bytes, middle, bytes.length);

        assertThat(accepted).isEqualTo(mayBecomeUtf8(bytes));
        assertThat(accepted && validator.isComplete()).isEqualTo(isUtf8(bytes));
        char[] characters = new char[bytes.length];
        int count = Utf8Decoder.decode(bytes, bytes.length, characters);
        if (isUtf8(bytes)) {
            assertThat(new String(characters, 0, count)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        } else {
            assertThat(count).isEqualTo(Utf8Decoder.MALFORMED);
        }
    }

    private static boolean mayBecomeUtf8(byte[] bytes) {
        return COMPLETIONS.stream().anyMatch(completion -> isUtf8(join(bytes, completion)));
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
