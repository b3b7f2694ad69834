package io.posthorn.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpResponseTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b", "€"})
    void aValueThatWouldEndTheLineIsRefused(String value) {
        assertThatThrownBy(() -> HttpResponse.of(200).header("X", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The value of X holds a character that is not allowed there");
        assertThatThrownBy(() -> HttpResponse.of(200).body(value, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpResponse.redirect(302, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\n", "ä"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatThrownBy(() -> HttpResponse.of(200).header(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "content-length", "Transfer-Encoding"})
    void theLengthIsTheServersBusiness(String name) {
        assertThatThrownBy(() -> HttpResponse.of(200).header(name, "5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " is set by the server");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 600})
    void aStatusOutOfRangeIsRefused(int status) {
        assertThatThrownBy(() -> HttpResponse.of(status)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersOfOneNameStayInOrder() {
        HttpResponse response = HttpResponse.of(200).header("Set-Cookie", "a").header("set-cookie", "b");
        assertThat(response.headers()).containsExactly(Map.entry("Set-Cookie", "a"), Map.entry("set-cookie", "b"));
        assertThat(response.header("SET-COOKIE")).contains("a");
    }

    @Test
    void whatIsAddedChangesTheCopyOnly() {
        HttpResponse first = HttpResponse.of(200);
        HttpResponse second = first.header("X", "y");
        assertThat(first.headers()).isEmpty();
        assertThat(second.headers()).hasSize(1);
    }
}
