package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads certificates and keys from PEM files (RFC 7468), and says in one sentence what is wrong with one. */
final class Pem {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private Pem() {}

    /** All certificates of a file, in order. */
    static X509Certificate[] certificates(Path file) throws IOException {
        requireReadable("certificate", file);
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (CertificateException malformed) {
            throw new IOException("The TLS certificate file " + file + " is not a PEM certificate chain.", malformed);
        }
        throw new IOException("The TLS certificate file " + file + " is not a PEM certificate chain.");
    }

    /** The key of a file, which has to be the one that a certificate was made for. */
    static PrivateKey keyOf(X509Certificate certificate, Path file) throws IOException {
        requireReadable("key", file);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IOException("The TLS key file " + file
                    + " is not an unencrypted PKCS #8 key; convert it with openssl pkcs8 -topk8 -nocrypt.");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
            PublicKey publicKey = certificate.getPublicKey();
            PrivateKey key =
                    KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
            if (isPair(key, publicKey)) {
                return key;
            }
        } catch (IllegalArgumentException | GeneralSecurityException malformed) {
            throw notTheKey(file, malformed);
        }
        throw notTheKey(file, null);
    }

    private static boolean isPair(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update((byte) 1);
        return signature.verify(signed);
    }

    private static IOException notTheKey(Path file, @Nullable Throwable cause) {
        return new IOException("The TLS key file " + file + " does not belong to the certificate.", cause);
    }

    private static void requireReadable(String what, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("The TLS " + what + " file " + file + " cannot be read.");
        }
    }
}
