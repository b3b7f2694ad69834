package io.posthorn.loop;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventLoopsTest {
    @Test
    void aTurnIsAwaitedToItsEnd() throws Exception {
        try (EventLoops loops = new EventLoops(IoKind.NIO, 2)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            AtomicBoolean ended = new AtomicBoolean();
            loops.all().get(1).eventLoop().execute(() -> {
                begun.countDown();
                CountingLoop.await(release);
                ended.set(true);
            });
            CountingLoop.await(begun);
            assertThat(loops.awaitTurn(Duration.ZERO)).isFalse();

            CompletableFuture<Boolean> waited =
                    CompletableFuture.supplyAsync(() -> loops.awaitTurn(Duration.ofSeconds(20)) && ended.get());
            release.countDown();
            assertThat(waited.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void loopsThatHaveEndedAreNotAwaited() {
        EventLoops loops = new EventLoops(IoKind.NIO, 2);
        loops.close();
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aKindThatTheMachineDoesNotHaveIsRefusedByName() {
        // No system has both epoll and kqueue.
        IoKind missing = Arrays.stream(IoKind.values())
                .filter(kind -> !kind.isAvailable())
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> new EventLoops(missing, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This machine does not have " + missing + "; choose NIO, which is everywhere.");
    }

    @Test
    void noLoopsAreTooFew() {
        assertThatThrownBy(() -> new EventLoops(IoKind.NIO, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @ParameterizedTest
    @EnumSource
    void eachKindThatIsThereRunsWhatItsMailboxesGet(IoKind kind) {
        if (!kind.isAvailable()) {
            assertThat(kind).isNotEqualTo(IoKind.NIO);
            return;
        }
        try (EventLoops loops = new EventLoops(kind, 2)) {
            assertThat(loops.kind()).isEqualTo(kind);
            assertThat(loops.all()).hasSize(2);
            for (Loop loop : loops.all()) {
                CountDownLatch ran = new CountDownLatch(1);
                loop.mailbox().execute(() -> {
                    assertThat(loop.inLoop()).isTrue();
                    ran.countDown();
                });
                CountingLoop.await(ran);
                assertThat(loop.inLoop()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void loopsThatAreToldInTheMidstOfATurnCloseTheirChannelsToo(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        EventLoops loops = new EventLoops(kind, 1);
        Channel channel = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        keepTurning(loops.all().get(0).eventLoop());

        loops.close();

        assertThat(channel.closeFuture().isDone()).isTrue();
    }

    private static void keepTurning(EventLoop eventLoop) {
        if (!eventLoop.isShuttingDown()) {
            eventLoop.execute(() -> keepTurning(eventLoop));
        }
    }

    @Test
    void aLoopIsFoundByNettysAndNoOther() {
        try (EventLoops loops = new EventLoops(IoKind.NIO, 2);
                EventLoops others = new EventLoops(IoKind.NIO, 1)) {
            List<Loop> all = loops.all();
            EventLoop foreign = others.all().get(0).eventLoop();

            all.forEach(loop -> assertThat(loops.of(loop.eventLoop())).isSameAs(loop));
            assertThatThrownBy(() -> loops.of(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closedLoopsTakeNothingMore() {
        EventLoops loops = new EventLoops(IoKind.best(), 1);
        Loop loop = loops.all().get(0);

        loops.close();

        assertThat(loop.mailbox().execute(() -> {})).isFalse();
    }
}
