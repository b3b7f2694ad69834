package io.posthorn.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A server's certificate and key, and with them TLS 1.2 and 1.3. Immutable. */
public final class Tls {
    private final SslContext context;

    private Tls(SslContext context) {
        this.context = context;
    }

    /**
     * Reads PEM files.
     *
     * @param certificateChain the server's certificate, and after it those that signed it
     * @param privateKey its key, in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
     * @throws IOException with one sentence, where a file cannot be read, does not hold that, or the key does not belong
     *     to the certificate
     */
    public static Tls fromPem(Path certificateChain, Path privateKey) throws IOException {
        X509Certificate[] chain = Pem.certificates(certificateChain);
        PrivateKey key = Pem.keyOf(chain[0], privateKey);
        return new Tls(SslContextBuilder.forServer(key, chain)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build());
    }

    SslContext context() {
        return context;
    }
}
