package io.posthorn.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.posthorn.loop.HalfClose;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Objects;

/**
 * One connection's life as HTTP: request by request, until it is closed or upgraded. It is the last handler of the
 * pipeline and lives on the connection's loop.
 *
 * <p>What a read causes leaves in one flush at its end, the answers to pipelined requests together. A connection has one
 * deadline, which means what its {@link ConnectionState} says.
 */
@OnLoop
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    private final HttpServer server;
    private final Visit visit;
    private final Loop loop;
    private final StrictRequestDecoder decoder;
    private final RequestAssembler assembler;
    private final ConnectionDeadline deadline;
    private @Nullable ChannelHandlerContext context;
    private ConnectionState state = ConnectionState.IDLE;
    private @Nullable HttpExchange exchange;
    private @Nullable HttpExchange successor;
    private @Nullable WireTapHandler tap;
    private @Nullable FileSender sender;
    private @Nullable Runnable announced;
    private boolean reading;
    private boolean unflushed;
    private boolean armed;

    HttpConnection(HttpServer server, Visit visit, Loop loop, StrictRequestDecoder decoder) {
        this.server = server;
        this.visit = visit;
        this.loop = loop;
        this.decoder = decoder;
        this.deadline = new ConnectionDeadline(this, server.options().limits());
        this.assembler =
                new RequestAssembler(server.options().limits(), server.options().forwarded());
    }

    HttpServer server() {
        return server;
    }

    Visit visit() {
        return visit;
    }

    Loop loop() {
        return loop;
    }

    ConnectionState state() {
        return state;
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    Channel channel() {
        return context().channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        server.connections().add(this);
        settle();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        try {
            receive(message);
        } catch (HttpException refusal) {
            refuse(refusal);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        settle();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) {
            return;
        }
        if (sender != null) {
            sender.onWritable();
        } else if (state == ConnectionState.IDLE) {
            decoder.resume();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ConnectionState.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            log.debug("{}: the connection failed", ctx.channel().id(), cause);
        } else {
            log.warn("{}: closed after an unforeseen failure", ctx.channel().id(), cause);
        }
        ctx.close();
    }

    /** Writes an exchange's answer and lets the next request through. */
    void answer(HttpExchange answered, HttpResponse response) {
        if (exchange != answered || !channel().isOpen()) {
            return; // the other side has left, or was cut off
        }
        exchange = null;
        io.posthorn.http.HttpRequest request = answered.request();
        server.gate().endExchange(request.remoteAddress());
        boolean keepAlive = request.isKeepAlive() && !server.isDraining() && !ResponseWriter.closes(response);
        ChannelFuture written = write(response, request, keepAlive);
        FileSource.OnDisk file = response.file();
        if (file != null && ResponseWriter.isFollowedByFile(response, request)) {
            become(ConnectionState.SENDING);
            sender = new FileSender(file, this, server.threads(), last -> fileSent(last, keepAlive));
            sender.readNext();
        } else {
            finish(written, keepAlive);
        }
        if (!reading) {
            settle();
        }
    }

    /** Handles an exchange on a thread that may block; from any thread. */
    void handOver(HttpExchange pending, HttpHandler blocking) {
        server.boundary().handleBlocking(pending, blocking);
    }

    /** Whether an exchange is the one that waits for its answer: not where the other side has left. */
    boolean isAnswering(HttpExchange pending) {
        return exchange == pending;
    }

    /** Takes all that is HTTP out of the pipeline, for another handler; the exchange keeps the connection. */
    void giveWay(HttpExchange pending, ChannelHandler next) {
        successor = pending;
        end(ConnectionState.UPGRADED);
        if (tap != null) {
            tap.hear(decoder.heldBytes());
        }
        ChannelPipeline pipeline = context().pipeline();
        // First, since the new handler may write while it is added.
        pipeline.remove(HttpResponseEncoder.class);
        pipeline.addLast(next);
        pipeline.remove(this);
        // Last: what it held back goes to its neighbour, which is the new handler now.
        pipeline.remove(decoder);
    }

    /** Shows an exchange to a tap, from now on. */
    void tap(HttpExchange pending, WireTap wireTap) {
        WireTapHandler handler = new WireTapHandler(wireTap);
        if (exchange != pending) {
            handler.end(); // answered, or the other side has left
            return;
        }
        tap = handler;
        ChannelPipeline pipeline = context().pipeline();
        pipeline.addBefore(pipeline.context(decoder).name(), null, handler);
    }

    /** Ends an exchange's connection at once, whatever it has become; nothing where another exchange has it by now. */
    void cut(HttpExchange unwanted) {
        if (exchange == unwanted || successor == unwanted) {
            channel().close();
        }
    }

    /** The server closes: an idle connection ends now, a busy one after its answer. */
    void drain() {
        if (state == ConnectionState.IDLE && sent() == 0) {
            close();
        } else if (state == ConnectionState.IDLE) {
            unflushed = true;
            closeAfter(context().write(Unpooled.EMPTY_BUFFER));
            settle();
        }
    }

    /** How many bytes came after the last answer. */
    long discarded() {
        return decoder.discarded();
    }

    /** Grows with each byte that leaves, as long as an answer is being sent. */
    long sent() {
        ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
        return (sender == null ? 0 : sender.written()) - (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    /** Ends at once, since nothing has happened for too long. */
    void giveUp() {
        if (state != ConnectionState.CLOSING) {
            server.counters().idle.increment();
        }
        close();
    }

    /** Ends at once. */
    void close() {
        context().close();
    }

    /** Refuses what the peer did, and the connection with it. */
    void refuse(HttpException refusal) {
        if (!state.mayBecome(ConnectionState.CLOSING)) {
            return;
        }
        log.debug("{}: refused: {}", channel().id(), refusal.reason());
        server.counters().refused(refusal.refusal());
        int status = refusal.refusal().status();
        HttpResponse response = HttpResponse.text(status, refusal.reason() + "\n");
        closeAfter(write(status == 503 ? response.header("Retry-After", "5") : response, null, false));
        if (!reading) {
            settle();
        }
    }

    private void receive(Object message) {
        if (message instanceof HttpException refusal) {
            throw refusal;
        }
        if (state == ConnectionState.CLOSING || state == ConnectionState.CLOSED) {
            return;
        }
        if (message instanceof HttpRequest head) {
            become(ConnectionState.READING_BODY);
            if (assembler.begin(head)) {
                server.counters().responded(100);
                unflushed = true;
                context().write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
        }
        if (message instanceof HttpContent piece) {
            assembler.append(piece.content());
        }
        if (message instanceof LastHttpContent) {
            become(ConnectionState.ANSWERING);
            dispatch();
        }
    }

    private void dispatch() {
        io.posthorn.http.HttpRequest request = assembler.finish(visit.address(), isSecure(), decoder.wireBytes());
        server.gate().beginExchange(request.remoteAddress());
        server.counters().requests.increment();
        HttpExchange current = new HttpExchange(this, request);
        exchange = current;
        server.boundary().handle(current, server.handler());
    }

    private boolean isSecure() {
        return context().pipeline().get(SslHandler.class) != null;
    }

    private ChannelFuture write(
            HttpResponse response, io.posthorn.http.@Nullable HttpRequest request, boolean keepAlive) {
        server.counters().responded(response.status());
        unflushed = true;
        return context().write(ResponseWriter.message(response, request, keepAlive));
    }

    private void fileSent(ChannelFuture last, boolean keepAlive) {
        sender = null;
        unflushed = true;
        finish(last, keepAlive && !server.isDraining());
        settle();
    }

    /** The answer is written: on to the next request, or to the end. */
    private void finish(ChannelFuture written, boolean keepAlive) {
        if (tap != null) {
            tap.leave();
            tap = null;
        }
        if (!keepAlive) {
            closeAfter(written);
            return;
        }
        become(ConnectionState.IDLE);
        if (channel().isWritable()) {
            decoder.resume();
        }
    }

    private void closeAfter(ChannelFuture written) {
        become(ConnectionState.CLOSING);
        decoder.discard();
        // Not close: a socket that has unread bytes resets, and that can overtake the answer (RFC 9112 9.6).
        written.addListener(sent -> {
            if (state == ConnectionState.CLOSING) {
                HalfClose.of(context());
            }
        });
    }

    /** At the end of each read, and of each answer that came between reads: flush, and set the deadline. */
    private void settle() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
        if (state == ConnectionState.IDLE && decoder.isInHead()) {
            become(ConnectionState.READING_HEAD);
        }
        if (state == ConnectionState.READING_BODY && announced == null) {
            announce();
        }
        if (!armed) {
            armed = true;
            deadline.arm();
        }
    }

    /** The body takes its time: whoever will handle the request may want to know. */
    private void announce() {
        try {
            announced = server.boundary().announce(assembler.begun(visit.address(), isSecure()), server.handler());
        } catch (HttpException refusal) {
            refuse(refusal);
        }
    }

    private void become(ConnectionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("A connection that is " + state + " does not become " + next);
        }
        state = next;
        armed = false;
        Runnable over = announced;
        if (over != null) {
            announced = null;
            over.run();
        }
    }

    private void end(ConnectionState last) {
        become(last);
        deadline.cancel();
        server.connections().remove(this);
        if (sender != null) {
            sender.abort();
        }
        HttpExchange pending = exchange;
        exchange = null;
        if (pending != null && last == ConnectionState.CLOSED) {
            server.gate().endExchange(pending.request().remoteAddress());
            server.counters().abandoned.increment();
            server.boundary().abandon(pending);
        }
    }
}
