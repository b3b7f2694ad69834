package io.posthorn.transport;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptJsonFuzz {
    @FuzzTest
    void anyTextIsOneLiteralAndSaysTheSame(FuzzedDataProvider data) {
        StringBuilder text = new StringBuilder();
        while (data.remainingBytes() > 1) {
            text.append(data.consumeChar());
        }

        String literal = ScriptJson.quote(text.toString());

        assertThat(StringLiterals.read(literal)).isEqualTo(text.toString());
    }
}
