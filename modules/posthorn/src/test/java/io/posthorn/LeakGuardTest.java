package io.posthorn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeakGuardTest {
    @Test
    void aBufferThatNobodyReleasesIsALeak() throws InterruptedException {
        allocate();

        assertThat(LeakGuard.takeLeaks()).singleElement().asString().contains("LeakGuardTest.java");
    }

    @Test
    void aReleasedBufferIsNone() throws InterruptedException {
        allocate().release();

        assertThat(LeakGuard.takeLeaks()).isEmpty();
    }

    private static ByteBuf allocate() {
        return ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
    }
}
