package io.posthorn.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class StrictRequestDecoderTest {
    private static final String CHUNKED = String.join(
            "\r\n",
            "POST /a?b=c HTTP/1.1",
            "Host: example",
            "X: y",
            "Transfer-Encoding: chunked",
            "",
            "3;x=y",
            "abc",
            "0b",
            "de",
            "fghijkl",
            "0",
            "Trailer: z",
            "",
            "");

    private StrictRequestDecoder decoder = new StrictRequestDecoder(HttpLimits.defaults());
    private EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aRequestCutAtAnyByteIsTheSame() {
        for (int cut = 0; cut <= CHUNKED.length(); cut++) {
            renew();
            write(CHUNKED.substring(0, cut));
            write(CHUNKED.substring(cut));
            assertThat(readRequest()).as("cut at %d", cut).isEqualTo("POST /a?b=c Host: example X: y abcde\r\nfghijkl");
        }
    }

    @Test
    void aRequestInSingleBytesIsTheSame() {
        CHUNKED.chars().forEach(c -> write(String.valueOf((char) c)));
        assertThat(readRequest()).isEqualTo("POST /a?b=c Host: example X: y abcde\r\nfghijkl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\rHost: a\r\n\r\n"
            })
    void aMalformedHeadCutAtAnyByteIsRefusedOnce(String head) {
        for (int cut = 0; cut <= head.length(); cut++) {
            renew();
            write(head.substring(0, cut));
            write(head.substring(cut));
            write("GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n");
            Object refusal = channel.readInbound();
            assertThat(refusal).as("cut at %d", cut).isInstanceOf(HttpException.class);
            assertThat(channel.<Object>readInbound()).isNull();
        }
    }

    @Test
    void theNextRequestComesOutAfterTheAnswerOnly() {
        String first = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
        String second = "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int cut = 0; cut <= second.length(); cut++) {
            renew();
            write(first + second.substring(0, cut));
            assertThat(readRequest()).isEqualTo("GET /1 Host: a ");
            write(second.substring(cut));
            assertThat(channel.<Object>readInbound()).isNull();
            decoder.resume();
            assertThat(readRequest()).isEqualTo("GET /2 Host: a ");
        }
    }

    @Test
    void whatIsHeldBackIsBounded() {
        write("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(readRequest()).isNotNull();
        int held = 0;
        while (channel.config().isAutoRead()) {
            write("x".repeat(1000));
            held += 1000;
            assertThat(held).isLessThan(2 * StrictRequestDecoder.MAX_HELD);
        }
        int nextRead = channel.unsafe().recvBufAllocHandle().guess();
        assertThat(held).isBetween(StrictRequestDecoder.MAX_HELD - nextRead - 1000, StrictRequestDecoder.MAX_HELD);
        decoder.resume();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void muchFramingAroundATinyBodyIsRefused() {
        write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        ReferenceCountUtil.release(channel.readInbound());
        String chunk = "1;" + "x".repeat(4000) + "\r\na\r\n";
        Object message = null;
        for (int sent = 0; !(message instanceof HttpException); sent += chunk.length()) {
            assertThat(sent).isLessThan(2 * HttpLimits.defaults().maxBody() + 100_000);
            write(chunk);
            ReferenceCountUtil.release(message);
            message = channel.readInbound();
        }
        assertThat(((HttpException) message).refusal()).isEqualTo(Refusal.BODY_TOO_LARGE);
    }

    @Test
    void theEndOfTheConnectionInsideARequestIsNoRequest() {
        write("POST / HTTP/1.1\r\nHost: a\r\nContent-Le");
        channel.close();
        assertThat(channel.<Object>readInbound()).isNull();
    }

    private void renew() {
        channel.finishAndReleaseAll();
        decoder = new StrictRequestDecoder(HttpLimits.defaults());
        channel = new EmbeddedChannel(decoder);
    }

    private void write(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    /** Reads the messages of one request: its line, its headers but the last, its body. */
    private String readRequest() {
        HttpRequest head = channel.readInbound();
        StringBuilder text = new StringBuilder(head.method() + " " + head.uri() + " ");
        head.headers().remove("Transfer-Encoding");
        head.headers().forEach(header -> text.append(header.getKey() + ": " + header.getValue() + " "));
        HttpContent piece;
        do {
            piece = channel.readInbound();
            text.append(piece.content().toString(StandardCharsets.ISO_8859_1));
            piece.release();
        } while (!(piece instanceof LastHttpContent));
        return text.toString();
    }
}
