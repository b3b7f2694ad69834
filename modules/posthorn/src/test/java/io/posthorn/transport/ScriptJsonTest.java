package io.posthorn.transport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptJsonTest {
    @Test
    void aTextStandsInQuotes() {
        assertThat(ScriptJson.quote("")).isEqualTo("\"\"");
        assertThat(ScriptJson.quote("it's 5 & 6/7 é 时 🐎")).isEqualTo("\"it's 5 & 6/7 é 时 🐎\"");
    }

    @Test
    void aQuoteOrABackslashDoesNotEndIt() {
        assertThat(ScriptJson.quote("\");alert(1)//")).isEqualTo("\"\\\");alert(1)//\"");
        assertThat(ScriptJson.quote("a\\")).isEqualTo("\"a\\\\\"");
        assertThat(ScriptJson.quote("\\u003C")).isEqualTo("\"\\\\u003C\"");
    }

    @Test
    void nothingInItIsMarkup() {
        assertThat(ScriptJson.quote("</script>")).isEqualTo("\"\\u003C/script\\u003E\"");
        assertThat(ScriptJson.quote("<!-- <script> -->")).isEqualTo("\"\\u003C!-- \\u003Cscript\\u003E --\\u003E\"");
    }

    @Test
    void noLineEndsInIt() {
        assertThat(ScriptJson.quote("\r\n\u2028\u2029\u0085")).isEqualTo("\"\\r\\n\\u2028\\u2029\\u0085\"");
    }

    @Test
    void controlCharactersAndHalfACharacterAreEscaped() {
        assertThat(ScriptJson.quote("\0\t\u001f\u007f")).isEqualTo("\"\\u0000\\t\\u001F\\u007F\"");
        assertThat(ScriptJson.quote("\udc0e\ud83d\ud83d\udc0e\ud83d")).isEqualTo("\"\\uDC0E\\uD83D🐎\\uD83D\"");
    }

    @Test
    void anyTextComesBack() {
        long seed = 20261122;
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "\\",
                "\"",
                "'",
                "</script>",
                "<!--",
                "-->",
                "\r",
                "\n",
                "\0",
                "\u2028",
                "\ud83d",
                "\udc0e",
                "u003C",
                "a");
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String literal = ScriptJson.quote(text.toString());
            assertThat(StringLiterals.read(literal))
                    .as("seed %d, round %d: %s", seed, round, literal)
                    .isEqualTo(text.toString());
        }
    }
}
