package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.UserThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Sends one file as the body of an answer: each piece is read on a thread that may block and written on the loop, the
 * next one only when the connection has room. The file is open from the first piece to the last, or to the connection's
 * end.
 */
final class FileSender {
    private static final Logger log = LoggerFactory.getLogger(FileSender.class);
    private static final int PIECE = 128 * 1024;

    private final FileSource.OnDisk content;
    private final ChannelHandlerContext context;
    private final Loop loop;
    private final UserThreads threads;
    private final Consumer<ChannelFuture> whenSent;
    /** Only one piece is under way at a time, so that these need no lock: tasks hand them on. */
    private @Nullable FileChannel file;

    private long position;
    private long written;
    private boolean waitsForRoom;

    FileSender(
            FileSource.OnDisk content,
            HttpConnection connection,
            UserThreads threads,
            Consumer<ChannelFuture> whenSent) {
        this.content = content;
        this.context = connection.context();
        this.loop = connection.loop();
        this.threads = threads;
        this.whenSent = whenSent;
    }

    /** Reads the next piece, and writes it when it is there. */
    @OnLoop
    void readNext() {
        try {
            threads.execute(this::readPiece);
        } catch (RejectedExecutionException closing) {
            log.debug("{} is not sent to its end: the server closes", content.path(), closing);
            closeFile();
            context.close();
        }
    }

    /** How many bytes were given to the connection. */
    @OnLoop
    long written() {
        return written;
    }

    /** The connection has room again. */
    @OnLoop
    void onWritable() {
        if (waitsForRoom) {
            waitsForRoom = false;
            readNext();
        }
    }

    /** The connection has ended: what waits is given up; a piece under way finds out by itself. */
    @OnLoop
    void abort() {
        if (waitsForRoom) {
            waitsForRoom = false;
            closeFile();
        }
    }

    private void readPiece() {
        int wanted = (int) Math.min(PIECE, content.length() - position);
        ByteBuf piece = context.alloc().directBuffer(wanted);
        try {
            FileChannel open = file == null ? FileChannel.open(content.path(), StandardOpenOption.READ) : file;
            file = open;
            if (piece.writeBytes(open, position, wanted) < wanted) {
                throw new IOException("the file became shorter while it was sent");
            }
            position += wanted;
        } catch (IOException failure) {
            log.warn("{} could not be sent to its end", content.path(), failure);
            piece.release();
            closeFile();
            context.close();
            return;
        }
        if (position == content.length()) {
            closeFile();
        }
        if (!loop.mailbox().execute(() -> write(piece))) {
            piece.release();
            closeFile();
        }
    }

    @OnLoop
    private void write(ByteBuf piece) {
        if (!context.channel().isActive()) {
            piece.release();
            closeFile();
            return;
        }
        written += piece.readableBytes();
        context.write(new DefaultHttpContent(piece));
        if (written == content.length()) {
            whenSent.accept(context.write(LastHttpContent.EMPTY_LAST_CONTENT));
            return;
        }
        context.flush();
        if (context.channel().isWritable()) {
            readNext();
        } else {
            waitsForRoom = true;
        }
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException failure) {
            log.debug("{} could not be closed", content.path(), failure);
        }
    }
}
