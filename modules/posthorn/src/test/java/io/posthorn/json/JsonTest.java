package io.posthorn.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonTest {
    enum Side {
        BUY,
        SELL
    }

    record Price(String symbol, double amount, Side side, Optional<String> note) {}

    record Quote(Instant at, LocalDate day, Duration age) {}

    record Nothing() {}

    record Checked(int count) {
        Checked {
            if (count < 0) {
                throw new IllegalArgumentException("secret " + count);
            }
        }
    }

    record Event(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) @Nullable
            Object data) {}

    public static final class Bean {
        private String zebra = "";
        private int ant;

        public String getZebra() {
            return zebra;
        }

        public void setZebra(String zebra) {
            this.zebra = zebra;
        }

        public int getAnt() {
            return ant;
        }

        public void setAnt(int ant) {
            this.ant = ant;
        }
    }

    public static final class Nameless {
        public String getName() {
            return Optional.<String>empty().orElseThrow();
        }
    }

    interface Shape {}

    /** What a type token would give: {@code List<Price>}. */
    private static final Type LIST_OF_PRICES = new ParameterizedType() {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {Price.class};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    };

    @Test
    void aRecordIsWrittenInTheOrderOfItsComponents() {
        Price price = new Price("ACME", 1.5, Side.BUY, Optional.empty());
        assertThat(written(price)).isEqualTo("{\"symbol\":\"ACME\",\"amount\":1.5,\"side\":\"BUY\",\"note\":null}");
        assertThat(Json.read(Json.write(price), Price.class)).isEqualTo(price);
    }

    @Test
    void aBeanComesBack() {
        Bean bean = new Bean();
        bean.setZebra("z");
        bean.setAnt(2);
        assertThat(written(bean)).isEqualTo("{\"zebra\":\"z\",\"ant\":2}");
        assertThat(Json.read(Json.write(bean), Bean.class))
                .satisfies(read -> assertThat(read.getZebra()).isEqualTo("z"))
                .satisfies(read -> assertThat(read.getAnt()).isEqualTo(2));
    }

    @Test
    void timesAreStrings() {
        Quote quote = new Quote(
                Instant.parse("2026-11-22T10:15:30.123Z"), LocalDate.of(2026, 11, 22), Duration.ofSeconds(90));
        assertThat(written(quote))
                .isEqualTo("{\"at\":\"2026-11-22T10:15:30.123Z\",\"day\":\"2026-11-22\",\"age\":\"PT1M30S\"}");
        assertThat(Json.read(Json.write(quote), Quote.class)).isEqualTo(quote);
    }

    @Test
    void mapsListsAndNullsComeBack() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", Arrays.asList(1, "a\u20ac\ud83d\ude00", true, null, 1.5));
        map.put("empty", Map.of());
        assertThat(written(map)).isEqualTo("{\"list\":[1,\"a\u20ac\ud83d\ude00\",true,null,1.5],\"empty\":{}}");
        assertThat(Json.read(Json.write(map), Object.class)).isEqualTo(map);
        assertThat(written(null)).isEqualTo("null");
        assertThat(Json.read(bytes("null"), Object.class)).isNull();
        assertThat(written(Optional.of("x"))).isEqualTo("\"x\"");
        assertThat(written(new Nothing())).isEqualTo("{}");
    }

    @Test
    void aGenericTypeIsRead() {
        assertThat(Json.read(
                        bytes("[{\"symbol\":\"A\",\"amount\":2,\"side\":\"SELL\",\"note\":\"n\"}]"), LIST_OF_PRICES))
                .isEqualTo(List.of(new Price("A", 2, Side.SELL, Optional.of("n"))));
    }

    @Test
    void whatATypeDoesNotHaveIsIgnored() {
        assertThat(Json.read(bytes("{\"count\":1,\"more\":[{}]}"), Checked.class))
                .isEqualTo(new Checked(1));
    }

    @Test
    void whatTheJsonDoesNotHaveIsZeroNullOrEmpty() {
        assertThat(Json.read(bytes("{}"), Checked.class)).isEqualTo(new Checked(0));
        assertThat(Json.read(bytes("{}"), Price.class)).satisfies(price -> {
            assertThat(price.symbol()).isNull();
            assertThat(price.note()).isEmpty();
        });
    }

    @Test
    void keysThatMeanSomethingElsewhereArePlain() {
        String json = "{\"__proto__\":{\"a\":1},\"constructor\":2,\"@class\":\"java.net.URL\",\"@type\":\"x\"}";
        Object map = Json.read(bytes(json), Object.class);
        assertThat(map)
                .isEqualTo(
                        Map.of("__proto__", Map.of("a", 1), "constructor", 2, "@class", "java.net.URL", "@type", "x"));
        assertThat(written(map)).isEqualTo(json);
    }

    @Test
    void ofEqualKeysTheLastOneCounts() {
        assertThat(Json.read(bytes("{\"a\":1,\"a\":2}"), Object.class)).isEqualTo(Map.of("a", 2));
        assertThat(Json.isValid(bytes("{\"a\":1,\"a\":2}"))).isTrue();
    }

    @Test
    void noAnnotationMakesAClassOfANameThatAPeerSends() {
        assertRefused("{\"data\":{\"@class\":\"java.util.ArrayList\"}}", Event.class);
        assertRefused("{\"data\":[\"java.util.ArrayList\",[]]}", Event.class);
        assertThat(Json.read(bytes("{\"data\":null}"), Event.class)).isEqualTo(new Event(null));
    }

    @Test
    void notANumberIsWrittenAsNull() {
        assertThat(written(List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.5f)))
                .isEqualTo("[null,null,null,1.5]");
        assertThat(written(new double[] {0.5, Double.NaN})).isEqualTo("[0.5,null]");
        assertThat(written(new float[] {Float.NaN, 2})).isEqualTo("[null,2.0]");
        assertThat(written(new Price("A", Double.NaN, Side.BUY, Optional.empty())))
                .startsWith("{\"symbol\":\"A\",\"amount\":null,");
    }

    @Test
    void aLoneSurrogateIsEscaped() {
        // As JSON.stringify has it; U+1F600 stays as it is.
        assertThat(written("\ud83d\ude00\ud83d\ud83dx\ude00")).isEqualTo("\"\ud83d\ude00\\ud83d\\ud83dx\\ude00\"");
        assertThat(written(Json.read(bytes("\"\\ud800\""), String.class))).isEqualTo("\"\\ud800\"");
        assertThat(Json.write(Map.of("k\udc00", 1))).asString(UTF_8).isEqualTo("{\"k\\udc00\":1}");
    }

    @Test
    void aSurrogateIsEscapedWhereItIsAloneWhereverItStands() {
        // Jackson writes long texts in parts; a pair may stand across their border.
        String pairs = "\ud83d\ude00".repeat(20);
        for (int length = 0; length < 9_000; length += 13) {
            String before = "?".repeat(length) + pairs;
            assertThat(written(Map.of("k", before + '\ud83d'))).isEqualTo("{\"k\":\"" + before + "\\ud83d\"}");
        }
    }

    @Test
    void aValueThatCannotBeWrittenIsTheCallersFault() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(itself))
                .withMessageContaining("java.util.ArrayList");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(new Object()))
                .withMessageContaining("java.lang.Object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(new Nameless()))
                .withMessageContaining("Nameless");
    }

    @Test
    void aTypeThatCannotBeReadIsTheCallersFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read(bytes("{}"), Shape.class))
                .withMessageContaining("Shape");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":null}",
                "{\"count\":\"7\"}",
                "{\"count\":7.5}",
                "[7]",
                "7",
                "{\"count\":-1}",
                "{\"count\":9999999999}",
                "{\"count\":1}2",
                "{\"count\":1"
            })
    void whatIsNotSuchAValueIsThePeersFault(String json) {
        assertThatThrownBy(() -> Json.read(bytes(json), Checked.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Checked")
                .hasMessageNotContaining("secret");
    }

    @Test
    void typesAreNotConverted() {
        assertRefused("\"7\"", int.class);
        assertRefused("\"7\"", Double.class);
        assertRefused("7", String.class);
        assertRefused("true", String.class);
        assertRefused("1", Boolean.class);
        assertRefused("\"\"", Integer.class);
        assertRefused("0", Side.class);
        assertRefused("\"HOLD\"", Side.class);
        assertRefused("null", int.class);
        assertRefused("300", byte.class);
        assertRefused("1.0", int.class);
        assertRefused("1e999", BigInteger.class);
        assertRefused("1e99999999999", BigDecimal.class);
    }

    @Test
    void aRefusalSaysWhereAndForWhichTypeButNotWhat() {
        assertThatThrownBy(() -> Json.read(bytes("{\"secret\":\"hunter2\",,}"), Object.class))
                .isInstanceOf(JsonException.class)
                .hasMessage("not JSON at byte 20, for java.lang.Object")
                .hasNoCause();
        assertThatThrownBy(() -> Json.read(bytes("{\"count\":\"hunter2\"}"), Checked.class))
                .hasMessageStartingWith("not such a value at byte ")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Json.read(bytes("[".repeat(101)), List.class))
                .hasMessage("beyond a limit of JSON at byte 101, for java.util.List");
        assertThatThrownBy(() -> Json.read(new byte[] {'"', 'a', (byte) 0xFF, '"'}, String.class))
                .hasMessage("not UTF-8 at byte 2, for java.lang.String");
        assertThat(new JsonException("x").getStackTrace()).isEmpty();
    }

    private static void assertRefused(String json, Class<?> type) {
        assertThatThrownBy(() -> Json.read(bytes(json), type))
                .as(json + " as " + type)
                .isInstanceOf(JsonException.class);
    }

    private static String written(@Nullable Object value) {
        byte[] json = Json.write(value);
        assertThat(Json.isValid(json)).isTrue();
        return new String(json, UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
