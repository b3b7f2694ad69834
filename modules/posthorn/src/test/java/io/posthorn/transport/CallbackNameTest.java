package io.posthorn.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"setTime", "a", "_", "$a", "$$", "_0", "app.clock.setTime", "Eval", "evaluate", "reopen"})
    void identifiersWithDotsBetweenThemAreCallbacks(String name) {
        assertThat(IframeFraming.isCallback(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "0a",
                "a.0",
                "a-b",
                "a b",
                " a",
                "a\n",
                "a\0",
                "a(1)",
                "a[0]",
                "a?.b",
                "a;b",
                "a'",
                "é",
                "a\u0430",
                "a\u200d",
                "\\u0061",
                "</script>"
            })
    void anythingElseIsNone(String name) {
        assertThat(IframeFraming.isCallback(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval",
                "Function",
                "document.write",
                "parent.document.write",
                "app.constructor.constructor",
                "a.prototype",
                "a.__proto__.b",
                "setTimeout",
                "setInterval",
                "location.assign",
                "postMessage",
                "open",
                "write",
                "opener.a",
                "form.submit",
                "$",
                "jQuery.globalEval",
                "localStorage.setItem"
            })
    void aNameThatDoesMoreThanTellIsNone(String name) {
        assertThat(IframeFraming.isCallback(name)).isFalse();
    }

    @Test
    void aCallbackHasAtMost64Characters() {
        assertThat(IframeFraming.isCallback("a".repeat(64))).isTrue();
        assertThat(IframeFraming.isCallback("a".repeat(65))).isFalse();
        assertThat(IframeFraming.isCallback("a.".repeat(1_000_000))).isFalse();
    }
}
