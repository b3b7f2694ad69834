package io.posthorn.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardedHeadersTest {
    private static final Peer DIRECT =
            new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000), false, "inner:8000");

    @Test
    void theHeadersAreIgnoredByDefault() {
        assertThat(ForwardedHeaders.ignored().apply(DIRECT, headers("192.0.2.1", "https", "shop.example")))
                .isEqualTo(DIRECT);
    }

    @Test
    void aTrustedProxyTellsAddressSchemeAndHost() {
        Peer peer = ForwardedHeaders.trusted().apply(DIRECT, headers("192.0.2.1", "https", "shop.example"));
        assertThat(peer.address().getAddress().getHostAddress()).isEqualTo("192.0.2.1");
        assertThat(peer.address().getPort()).isZero();
        assertThat(peer.secure()).isTrue();
        assertThat(peer.host()).isEqualTo("shop.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 192.0.2.1                          | 192.0.2.1",
                "1 | 6.6.6.6, 192.0.2.1                 | 192.0.2.1",
                "2 | 6.6.6.6, 192.0.2.1, 10.0.0.1       | 192.0.2.1",
                "2 | 192.0.2.1                          | 192.0.2.1",
                "1 | 192.0.2.1:1234                     | 192.0.2.1",
                "1 | 2001:db8::1                        | 2001:db8:0:0:0:0:0:1",
                "1 | [2001:db8::1]:1234                 | 2001:db8:0:0:0:0:0:1",
                "1 | localhost                          | 127.0.0.1",
                "1 | unknown                            | 127.0.0.1",
                "1 | 6.6.6.6,                           | 127.0.0.1",
            })
    void whatTheOutermostTrustedProxyWroteCounts(int proxies, String value, String address) {
        Peer peer = new ForwardedHeaders(proxies).apply(DIRECT, headers(value, "http", "a"));
        assertThat(peer.address().getAddress().getHostAddress()).isEqualTo(address);
    }

    @Test
    void aClientsOwnHeaderBeforeTheProxysIsNotBelieved() {
        HttpHeaders headers = headers("6.6.6.6", "http", "a");
        headers.add("X-Forwarded-For", "192.0.2.1");
        assertThat(ForwardedHeaders.trusted().apply(DIRECT, headers).address().getHostString())
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aHostThatIsNoneIsNotBelieved() {
        assertThat(ForwardedHeaders.trusted()
                        .apply(DIRECT, headers("192.0.2.1", "http", "a/b"))
                        .host())
                .isEqualTo("inner:8000");
    }

    private static HttpHeaders headers(String address, String scheme, String host) {
        return new DefaultHttpHeaders()
                .add("X-Forwarded-For", address)
                .add("X-Forwarded-Proto", scheme)
                .add("X-Forwarded-Host", host);
    }
}
