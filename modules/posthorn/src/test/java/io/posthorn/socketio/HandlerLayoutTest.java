package io.posthorn.socketio;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.HandlerSite;
import io.posthorn.loop.HandlerSites;
import io.posthorn.loop.HandlerThread;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.UserThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerLayoutTest {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final UserThreads threads = new UserThreads();
    private final HandlerSites sites = new HandlerSites(loops, threads);
    private final HandlerSite site = sites.site(HandlerLayoutTest.class, HandlerThread.LOOP);
    private final HandlerLayout root = HandlerLayout.empty();

    @AfterEach
    void close() {
        sites.close();
        loops.close();
        threads.close();
    }

    @Test
    void socketsWithTheSameHandlersInTheSameOrderShareALayout() {
        HandlerLayout layout = root.plus(slot("a")).plus(slot("b"));
        assertThat(root.plus(slot("a")).plus(slot("b"))).isSameAs(layout);
        assertThat(root.plus(slot("b")).plus(slot("a"))).isNotSameAs(layout);
        assertThat(root.plus(slot("a")).plus(new HandlerLayout.Slot("b", String.class, site)))
                .isNotSameAs(layout);
    }

    @Test
    void allHandlersOfAnEventAreFoundInTheirOrder() {
        HandlerLayout layout = root.plus(slot("a")).plus(slot("b")).plus(slot("a"));
        assertThat(layout.size()).isEqualTo(3);
        assertThat(layout.find("a", 0)).isZero();
        assertThat(layout.find("a", 1)).isEqualTo(2);
        assertThat(layout.find("a", 3)).isEqualTo(-1);
        assertThat(layout.find("c", 0)).isEqualTo(-1);
        assertThat(layout.slot(1)).isEqualTo(slot("b"));
    }

    @Test
    void eventsWithoutNumberDoNotFillTheMemory() {
        for (int i = 0; i < 1000; i++) {
            assertThat(root.plus(slot("user " + i))).isSameAs(root.plus(slot("user " + i)));
        }
        HandlerLayout own = root.plus(slot("one more"));
        assertThat(own.slot(0)).isEqualTo(slot("one more"));
        assertThat(own.plus(slot("and another")).size()).isEqualTo(2);
        assertThat(root.plus(slot("one more"))).isNotSameAs(own);
    }

    private HandlerLayout.Slot slot(String event) {
        return new HandlerLayout.Slot(event, null, site);
    }
}
