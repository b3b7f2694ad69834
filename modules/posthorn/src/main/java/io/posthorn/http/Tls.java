package io.posthorn.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
     * @throws IOException where a file cannot be read or does not hold that
     */
    public static Tls fromPem(Path certificateChain, Path privateKey) throws IOException {
        requireReadable("certificate", certificateChain);
        requireReadable("key", privateKey);
        try {
            return new Tls(SslContextBuilder.forServer(certificateChain.toFile(), privateKey.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build());
        } catch (IllegalArgumentException | IOException bad) {
            throw new IOException(
                    "The TLS certificate " + certificateChain + " and key " + privateKey
                            + " are not a PEM certificate chain and its unencrypted PKCS #8 key.",
                    bad);
        }
    }

    SslContext context() {
        return context;
    }

    private static void requireReadable(String what, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("The TLS " + what + " file " + file + " cannot be read.");
        }
    }
}
