package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Decoder and assembler over bytes in memory: the requests that come of them, until one is refused. */
final class RecordedRequests implements AutoCloseable {
    private static final InetSocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 1);

    private final List<HttpRequest> requests = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final StrictRequestDecoder decoder;
    private final RequestAssembler assembler;
    private final EmbeddedChannel channel;
    private boolean refused;

    RecordedRequests(HttpLimits limits, ForwardedHeaders forwarded) {
        decoder = new StrictRequestDecoder(limits);
        assembler = new RequestAssembler(limits, forwarded);
        channel = new EmbeddedChannel(decoder, new Recorder());
    }

    /** What one read brings. */
    RecordedRequests read(byte[] bytes) {
        ByteBuf buffer = Unpooled.buffer(bytes.length + 1).writeBytes(bytes);
        buffers.add(buffer);
        channel.writeInbound(buffer);
        return this;
    }

    List<HttpRequest> requests() {
        return requests;
    }

    boolean isRefused() {
        return refused;
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(buffers).as("all of it is released").allMatch(buffer -> buffer.refCnt() == 0);
    }

    /** Does with what the decoder gives what a connection does whose requests are answered at once. */
    private final class Recorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (!refused) {
                    take(message);
                }
            } catch (HttpException refusal) {
                refused = true;
                decoder.discard();
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void take(Object message) {
            if (message instanceof HttpException refusal) {
                throw refusal;
            }
            if (message instanceof io.netty.handler.codec.http.HttpRequest head) {
                assembler.begin(head);
            }
            if (message instanceof HttpContent piece) {
                assembler.append(piece.content());
            }
            if (message instanceof LastHttpContent) {
                requests.add(assembler.finish(CLIENT, false, 0));
                decoder.resume();
            }
        }
    }
}
