package io.posthorn.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** The polite end of a connection: nothing more is said, and the other side can still be heard. */
public final class HalfClose {
    private HalfClose() {}

    /** Ends our side, behind all that is written: by TLS's close_notify where there is TLS, else by TCP's FIN. */
    @OnLoop
    public static void of(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (context.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
        } else {
            context.close();
        }
    }
}
