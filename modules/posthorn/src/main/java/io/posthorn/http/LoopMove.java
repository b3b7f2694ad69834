package io.posthorn.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * The move of a connection to another loop, behind the answer that says so. It is the last handler of the pipeline
 * meanwhile and keeps what is read, for the handler that takes its place there.
 *
 * <pre>
 *   the answer has left ──► deregistered ──► registered ──► the next handler gets what was kept, and reading goes on
 *   └───────── on the old loop ─────────┘    └──────────────────────── on the new one ────────────────────────────┘
 * </pre>
 *
 * Nothing may be on its way out when the channel is deregistered: no transport waits for a socket to have room on behalf
 * of a channel that it has let go of. Nor may the channel be closed from then on until it is registered: io_uring closes
 * by way of the loop. One loop is done with the channel before the other begins, so that none of this needs a lock.
 */
@OnLoop
final class LoopMove extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(LoopMove.class);

    private final HttpConnection connection;
    private final Loop home;
    private final ChannelHandler next;
    private final Runnable onSettled;
    private final List<Object> kept = new ArrayList<>(1);
    private final TimerWheel.Deadline deadline = new LeaveDeadline();
    private long sentWhenArmed;
    private boolean away;
    private @Nullable ChannelPromise wantedClose;
    private boolean settled;

    /**
     * A move.
     *
     * @param next added on the home loop; never where the other side leaves before
     * @param onSettled told when it was added, or never will be; on either loop
     */
    LoopMove(HttpConnection connection, Loop home, ChannelHandler next, Runnable onSettled) {
        this.connection = connection;
        this.home = home;
        this.next = next;
        this.onSettled = onSettled;
    }

    /** Leaves the old loop as soon as the answer has left. */
    void begin(ChannelFuture answer) {
        arm();
        answer.addListener(written -> {
            if (written.isSuccess()) {
                away = true;
                // Later: io_uring is not done with the channel when it says that it is deregistered.
                channel()
                        .deregister()
                        .addListener(left -> connection.loop().eventLoop().execute(this::register));
            } else {
                channel().close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (settled) {
            ReferenceCountUtil.release(message);
        } else {
            kept.add(message);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (away) {
            wantedClose = promise;
        } else {
            context.close(promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!settled) { // else this is the new loop, and the deadline was the old one's
            disarm();
            giveUp();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("{} failed on its way to another loop", context.channel(), cause);
        close(context, context.newPromise());
    }

    /** The old loop has let go of the channel, and has the last word here. */
    private void register() {
        disarm();
        if (!channel().isOpen()) {
            giveUp();
            return;
        }
        ChannelPromise registered = channel().newPromise();
        // Before it is registered: what a listener is told later may have been overtaken by an event of the channel.
        registered.addListener(done -> {
            if (done.isSuccess()) {
                arrive();
            } else {
                log.debug("{} was lost on its way to another loop", channel(), done.cause());
                giveUp();
            }
        });
        channel().unsafe().register(home.eventLoop(), registered);
    }

    private void arrive() {
        away = false;
        if (wantedClose != null) {
            giveUp();
            channel().close(wantedClose);
            return;
        }
        settled = true;
        // First, since the next handler may not want to be read for yet.
        channel().config().setAutoRead(true);
        channel().pipeline().addLast(next);
        onSettled.run();
        ChannelHandlerContext here = channel().pipeline().context(this);
        kept.forEach(here::fireChannelRead);
        if (!kept.isEmpty()) {
            here.fireChannelReadComplete();
        }
        channel().pipeline().remove(this);
    }

    private void giveUp() {
        if (!settled) {
            settled = true;
            kept.forEach(ReferenceCountUtil::release);
            onSettled.run();
        }
    }

    private void arm() {
        sentWhenArmed = connection.sent();
        connection
                .loop()
                .timers()
                .schedule(
                        deadline,
                        connection.server().options().limits().idleDeadline().toNanos());
    }

    private void disarm() {
        connection.loop().timers().cancel(deadline);
    }

    private Channel channel() {
        return connection.channel();
    }

    /** The other side does not take the answer. */
    private final class LeaveDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            if (connection.sent() != sentWhenArmed) {
                arm();
            } else {
                connection.server().counters().idle.increment();
                channel().close();
            }
        }
    }
}
