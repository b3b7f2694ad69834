package io.posthorn.engineio;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.posthorn.engineio.PayloadProperties.BINARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PayloadReaderTest {
    @Test
    void packetsArePartedBySeparators() {
        assertThat(read("4hello\u001ebAQID\u001e3\u001e4")).containsExactly("4hello", BINARY + "010203", "3", "4");
    }

    @Test
    void onePacketIsTheBodyItself() {
        byte[] body = "4hello".getBytes(StandardCharsets.UTF_8);
        new PayloadReader(body).next(new PayloadReader.Sink() {
            @Override
            public void onText(byte[] packet) {
                assertThat(packet).isSameAs(body);
            }

            @Override
            public void onBinary(byte[] bytes) {
                throw new AssertionError("not binary");
            }
        });
    }

    @Test
    void binaryMayBeEmptyOrWithoutPadding() {
        assertThat(read("b\u001ebAQ==\u001ebAQ")).containsExactly(BINARY, BINARY + "01", BINARY + "01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "b!", "bA", "bAQ=", "bAQ==b", "b\u00e9"
            })
    void whatIsNoPacketIsRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(PacketException.class);
    }

    static List<String> read(String body) {
        return PayloadProperties.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
