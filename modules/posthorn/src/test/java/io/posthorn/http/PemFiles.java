package io.posthorn.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and its certificate for localhost, made by the JDK's keytool, as PEM files in a folder. */
public record PemFiles(Path certificate, Path key, KeyStore trust) {
    private static final String PASSWORD = "changeit";

    public static PemFiles in(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("store.p12");
        keytool(store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate("a").getEncoded();
        byte[] key = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("a", keys.getCertificate("a"));
        return new PemFiles(
                write(folder.resolve("certificate.pem"), "CERTIFICATE", certificate),
                write(folder.resolve("key.pem"), "PRIVATE KEY", key),
                trust);
    }

    private static void keytool(Path store) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    private static Path write(Path file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
