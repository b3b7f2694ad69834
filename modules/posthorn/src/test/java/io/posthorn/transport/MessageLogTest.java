package io.posthorn.transport;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageLogTest {
    @Test
    void anEmptyLogBeginsWithTheMessageToCome() {
        MessageLog log = new MessageLog(3, 1000);
        assertThat(log.first()).isEqualTo(1);
        assertThat(log.last()).isZero();
        assertThatThrownBy(() -> log.get(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofMoreMessagesThanItHoldsTheOldestGo() {
        MessageLog log = new MessageLog(3, 1000);
        append(log, 5, 1);

        assertThat(log.first()).isEqualTo(3);
        assertThat(log.last()).isEqualTo(5);
        assertThat(log.get(3).size()).isEqualTo(1);
        assertThatThrownBy(() -> log.get(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.get(6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofMoreBytesThanItHoldsTheOldestGo() {
        MessageLog log = new MessageLog(100, 3 * (10 + 64)); // three messages of 10 bytes, 64 more for each
        append(log, 4, 10);
        assertThat(log.first()).isEqualTo(2);

        append(log, 1, 11);
        assertThat(log.first()).isEqualTo(4);
        assertThat(log.last()).isEqualTo(5);
    }

    @Test
    void theNewestIsKeptHoweverLargeItIs() {
        MessageLog log = new MessageLog(100, 500);
        append(log, 5, 10);
        append(log, 1, 1_000_000);
        assertThat(log.first()).isEqualTo(6);
        assertThat(log.get(6).size()).isEqualTo(1_000_000);

        append(log, 1, 10); // and goes when it is not the newest any more
        assertThat(log.first()).isEqualTo(7);
    }

    @Test
    void aLogOfOneHoldsTheNewest() {
        MessageLog log = new MessageLog(1, 1_000_000);
        append(log, 20, 3);
        assertThat(log.first()).isEqualTo(20);
        assertThat(log.get(20).size()).isEqualTo(3);
    }

    @Test
    void whateverItsBoundsItHoldsTheSameAsAPlainQueue() {
        Random random = new Random(71);
        for (int round = 0; round < 200; round++) {
            int maxMessages = 1 + random.nextInt(40);
            int maxBytes = 1 + random.nextInt(5000);
            MessageLog log = new MessageLog(maxMessages, maxBytes);
            ArrayDeque<Message> expected = new ArrayDeque<>();
            for (int i = 0; i < 120; i++) {
                Message message = message(random.nextInt(300));
                log.append(message);
                expected.add(message);
                while (expected.size() > maxMessages || (expected.size() > 1 && bytes(expected) > maxBytes)) {
                    expected.remove();
                }
                assertThat(contents(log)).containsExactlyElementsOf(expected);
            }
        }
    }

    private static ArrayDeque<Message> contents(MessageLog log) {
        ArrayDeque<Message> contents = new ArrayDeque<>();
        for (long number = log.first(); number <= log.last(); number++) {
            contents.add(log.get(number));
        }
        return contents;
    }

    private static long bytes(ArrayDeque<Message> messages) {
        return messages.stream().mapToLong(message -> message.size() + 64L).sum();
    }

    private static void append(MessageLog log, int count, int size) {
        for (int i = 0; i < count; i++) {
            log.append(message(size));
        }
    }

    private static Message message(int size) {
        return Message.of(null, Payload.binary(new byte[size]));
    }
}
