package io.posthorn.websocket;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketLimitsTest {
    private static final WebSocketLimits LIMITS = WebSocketLimits.defaults();

    @Test
    void aTimeoutThatNoClockCanMeasureIsRefused() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);

        assertThatThrownBy(() -> LIMITS.withIdleTimeout(forever))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idleTimeout");
        assertThatThrownBy(() -> LIMITS.withCloseTimeout(forever))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closeTimeout");
        assertThat(LIMITS.withIdleTimeout(Duration.ofDays(365)).idleTimeout()).hasDays(365);
    }

    @Test
    void aFragmentWhoseLengthOverflowsWithWhatIsThereIsTooBig() {
        RecordedMessages messages = new RecordedMessages(LIMITS.withMaxFrame(Long.MAX_VALUE), null);

        List<String> seen = messages.read(join(
                hex("02 81 00000000 61"), // binary without FIN, one byte
                hex("80 ff 7fffffffffffffff 00000000 62"))); // the rest of it: 2^63 - 1 bytes

        assertThat(seen).containsExactly("violation 1009");
    }
}
