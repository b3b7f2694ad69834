package io.posthorn.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/,                     /",
        "/a/b,                  /a/b",
        "/a/b/,                 /a/b/",
        "//a,                   //a",
        "/%61%2Db,              /a-b",
        "/%E6%9C%8D%e5%8a%a1,   /服务",
        "/a+b,                  /a+b",
        "/a+b%20c,              /a+b c",
        "/a%2Fb,                /a%2Fb",
        "/a%5Cb,                /a\\b",
    })
    void aPathIsDecoded(String raw, String path) {
        assertThat(parse(raw).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/./b,                 /a/b",
        "/a/../b,                /b",
        "/a/b/..,                /a/",
        "/a/b/.,                 /a/b/",
        "/..,                    /",
        "/../../etc/passwd,      /etc/passwd",
        "/%2e%2e/%2E%2E/etc,     /etc",
        "/a/.%2e/b,              /b",
        "/...,                   /...",
        "/..a,                   /..a",
    })
    void dotSegmentsAreRemovedAndNeverLeaveTheRoot(String raw, String path) {
        assertThat(parse(raw).path()).isEqualTo(path);
    }

    @Test
    void anEncodedSlashStaysInsideItsSegment() {
        assertThat(parse("/a%2fb/c").segments()).containsExactly("a/b", "c");
        assertThat(parse("/..%2f..%2fetc").segments()).containsExactly("../../etc");
    }

    @Test
    void aQueryIsDecodedInOrderWithAllItsValues() {
        assertThat(parse("/?b=1&a=%26x+y&b=2&c&=d&&e=f=g").query())
                .containsExactly(
                        Map.entry("b", List.of("1", "2")),
                        Map.entry("a", List.of("&x y")),
                        Map.entry("c", List.of("")),
                        Map.entry("", List.of("d")),
                        Map.entry("e", List.of("f=g")));
        assertThat(parse("/").query()).isEmpty();
        assertThat(parse("/?").query()).isEmpty();
    }

    @Test
    void aSlashOrAQuestionMarkInAQueryIsPartOfIt() {
        assertThat(parse("/a?b=/../c?d").path()).isEqualTo("/a");
        assertThat(parse("/a?b=/../c?d").query()).containsExactly(Map.entry("b", List.of("/../c?d")));
    }

    @Test
    void anAbsoluteTargetNamesItsHost() {
        RequestTarget target = parse("HTTP://example.com:8080/a?b=c");
        assertThat(target.authority()).isEqualTo("example.com:8080");
        assertThat(target.path()).isEqualTo("/a");
        assertThat(parse("https://example.com").path()).isEqualTo("/");
        assertThat(parse("http://example.com?a=b").query()).containsKey("a");
    }

    @Test
    void anAsteriskIsForOptions() {
        assertThat(RequestTarget.parse("*", "OPTIONS").path()).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "*",
                "",
                "a:80",
                "ftp://a/",
                "http:/a",
                "/%",
                "/%1",
                "/%1x",
                "/%+1",
                "/a%00",
                "/%80",
                "/%ed%a0%80"
            })
    void aBadTargetIsRefused(String raw) {
        assertThatThrownBy(() -> parse(raw)).isInstanceOf(HttpException.class);
    }

    private static RequestTarget parse(String raw) {
        return RequestTarget.parse(raw, "GET");
    }
}
