package io.posthorn.json;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TypeRefTest {
    @Test
    void itIsTheTypeBetweenTheBrackets() {
        TypeRef<List<String>> strings = new TypeRef<>() {};

        assertThat(strings.type().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(strings).hasToString("java.util.List<java.lang.String>");
        assertThat(new TypeRef<String>() {}.type()).isEqualTo(String.class);
    }

    @Test
    void nothingBetweenTheBracketsIsTheCallersFault() {
        class Strings extends TypeRef<String> {}

        assertThatIllegalStateException().isThrownBy(() -> new Strings() {});
    }
}
