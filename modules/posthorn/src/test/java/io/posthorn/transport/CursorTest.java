package io.posthorn.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CursorTest {
    @Test
    void aCursorIsItsEpochAndItsNumber() {
        assertThat(new Cursor("k3", 41)).hasToString("k3-41");
        assertThat(Cursor.parse("k3-41")).contains(new Cursor("k3", 41));
        assertThat(Cursor.parse("k3-0")).contains(new Cursor("k3", 0));
    }

    @Test
    void theLargestNumberOfEighteenDigitsIsOne() {
        assertThat(Cursor.parse("a-999999999999999999")).contains(new Cursor("a", 999_999_999_999_999_999L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "k3",
                "k3-",
                "-1",
                "k3-1-1",
                "k3--1",
                "k3-+1",
                "k3- 1",
                " k3-1",
                "k3-1 ",
                "k3-0x1",
                "k3-1.0",
                "k3-1000000000000000000",
                "k3-9999999999999999999999",
                "k 3-1",
                "k\u00fc-1",
                "k3-\u0661",
                "k3\r\n-1",
                "\"k3-1\"",
                "123456789012345678901234567890123-1"
            })
    void whatIsNoCursorIsToldSo(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void whatIsNoCursorCannotBeMade() {
        assertThatThrownBy(() -> new Cursor("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cursor("a-b", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cursor("a", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a cursor: a--1");
    }

    @Test
    void everyBeginningIsAnEpochOfItsOwn() {
        Set<String> epochs = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Cursor beginning = Cursor.ofNewEpoch();
            assertThat(beginning.number()).isZero();
            assertThat(beginning.epoch()).matches("[0-9a-zA-Z]{8}");
            epochs.add(beginning.epoch());
        }
        assertThat(epochs).hasSize(1000);
    }

    @Test
    void anotherPlaceIsInTheSameEpoch() {
        Cursor cursor = Cursor.ofNewEpoch();
        assertThat(cursor.at(7)).isEqualTo(new Cursor(cursor.epoch(), 7));
        assertThat(Cursor.parse(cursor.at(7).toString())).contains(cursor.at(7));
    }
}
