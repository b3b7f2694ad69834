package io.posthorn.http;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RequestFuzz {
    private static final HttpLimits LIMITS =
            HttpLimits.defaults().withMaxRequestLine(100).withMaxHeaders(8, 300).withMaxBody(40);
    private static final int MOST_PIECES = 24;
    private static final List<String> PIECES = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /a%2Fb/../c?d=e HTTP/1.1\r\nHost: a:80\r\n",
            "PUT http://b/ HTTP/1.0\r\n",
            "OPTIONS * HTTP/1.1\r\n",
            "GET ",
            "/%e4%b8%ad",
            " HTTP/1.1",
            "\r\n",
            "Host: [::1]\r\n",
            "Content-Length: 3\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: ",
            "Expect: 100-continue\r\n",
            "X-Forwarded-For: 1.2.3.4, ::1\r\n",
            "X-Forwarded-Host: c\r\nX-Forwarded-Proto: https\r\n",
            "Upgrade: websocket\r\n",
            "X: y\r\n",
            " folded\r\n",
            "abc",
            "3\r\nabc\r\n",
            "2;x=\"y\"\r\nde\r\n",
            "0\r\n\r\n",
            "0\r\nT: z\r\n\r\n",
            "99999999999999999999",
            ":",
            "\n");

    @FuzzTest
    void anyBytesGiveTheSameRequestsWhereverTheyAreCut(FuzzedDataProvider data) {
        byte[] stream = stream(data);
        int first = data.consumeInt(0, stream.length);
        int second = data.consumeInt(first, stream.length);

        List<String> whole = requests(List.of(stream));

        List<byte[]> cut = List.of(
                Arrays.copyOf(stream, first),
                Arrays.copyOfRange(stream, first, second),
                Arrays.copyOfRange(stream, second, stream.length));
        assertThat(requests(cut)).isEqualTo(whole);
        assertThat(requests(singleBytes(stream))).isEqualTo(whole);
    }

    private static byte[] stream(FuzzedDataProvider data) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int pieces = data.consumeInt(0, MOST_PIECES);
        for (int i = 0; i < pieces; i++) {
            int piece = data.consumeInt(-2, PIECES.size() - 1);
            stream.writeBytes(
                    piece < 0
                            ? data.consumeBytes(data.consumeInt(0, 12))
                            : PIECES.get(piece).getBytes(StandardCharsets.ISO_8859_1));
        }
        return stream.toByteArray();
    }

    private static List<byte[]> singleBytes(byte[] stream) {
        List<byte[]> bytes = new ArrayList<>();
        for (byte b : stream) {
            bytes.add(new byte[] {b});
        }
        return bytes;
    }

    /** The requests as lines; a refusal is one, too, though not which: a shape may break two rules. */
    private static List<String> requests(List<byte[]> reads) {
        List<String> lines = new ArrayList<>();
        try (RecordedRequests recorded = new RecordedRequests(LIMITS, ForwardedHeaders.trusted())) {
            reads.forEach(recorded::read);
            for (HttpRequest request : recorded.requests()) {
                lines.add(line(request));
                assertThat(line(request.compact())).isEqualTo(line(request));
            }
            if (recorded.isRefused()) {
                lines.add("refused");
            }
        }
        return lines;
    }

    private static String line(HttpRequest request) {
        return String.join(
                " ",
                request.headText(),
                request.headers().toString(),
                request.path(),
                request.query().toString(),
                request.remoteAddress().toString(),
                request.host(),
                HexFormat.of().formatHex(request.body()));
    }
}
