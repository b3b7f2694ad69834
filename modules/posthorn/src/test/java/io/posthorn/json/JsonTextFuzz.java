package io.posthorn.json;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class JsonTextFuzz {
    @FuzzTest
    void anyStringComesBack(FuzzedDataProvider data) {
        JsonProperties.holdForText(data.consumeRemainingAsString());
    }
}
