package io.posthorn.bench.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;

import java.util.ArrayList;
import java.util.List;

/**
 * The fan-out of somebody who knows Netty well: the frame is encoded once, duplicates of it enter each pipeline below
 * the WebSocket encoder, without a promise each, and all connections are flushed once per read of the publisher.
 */
final class EncodedOnce implements FanOut {
    private static final int FINAL_TEXT = 0x81;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int HEADER = 4;

    private final List<Member> members = new ArrayList<>();

    @Override
    public ChannelHandler join(Channel channel) {
        Member member = new Member(channel.pipeline().context(WebSocketFrameEncoder.class), members.size());
        members.add(member);
        return member;
    }

    /** The last one takes the place of who leaves. */
    private void leave(Member member) {
        Member last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.index, last);
            last.index = member.index;
        }
    }

    /** Borrows the text. */
    private void write(ByteBuf text, ChannelHandlerContext publisher) {
        ByteBuf encoded = encode(text, publisher);
        for (Member member : members) {
            member.encoder.write(encoded.retainedDuplicate(), member.encoder.voidPromise());
        }
        encoded.release();
    }

    // RFC 6455 5.2: from server to client without a mask; frames are limited to what two bytes of length can say.
    private static ByteBuf encode(ByteBuf text, ChannelHandlerContext publisher) {
        int length = text.readableBytes();
        ByteBuf encoded = publisher.alloc().directBuffer(HEADER + length).writeByte(FINAL_TEXT);
        if (length < TWO_BYTE_LENGTH) {
            encoded.writeByte(length);
        } else {
            encoded.writeByte(TWO_BYTE_LENGTH).writeShort(length);
        }
        return encoded.writeBytes(text);
    }

    private void flush() {
        for (Member member : members) {
            member.encoder.flush();
        }
    }

    /** One connection, and its place in the list. */
    private final class Member extends ChannelInboundHandlerAdapter {
        private final ChannelHandlerContext encoder;
        private int index;
        private boolean published;

        Member(ChannelHandlerContext encoder, int index) {
            this.encoder = encoder;
            this.index = index;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            WebSocketFrame frame = (WebSocketFrame) message;
            write(frame.content(), context);
            frame.release();
            published = true;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (published) {
                published = false;
                flush();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            leave(this);
        }
    }
}
