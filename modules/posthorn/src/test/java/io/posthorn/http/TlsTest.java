package io.posthorn.http;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class TlsTest {
    @TempDir
    private static Path folder;

    private static PemFiles files;

    @BeforeAll
    static void makeCertificate() throws Exception {
        files = PemFiles.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void requestsAreAnsweredOverTls(String version) throws Exception {
        HttpHandler handler = exchange ->
                exchange.respond(HttpResponse.text(200, exchange.isSecure() + " " + exchange.body().length));
        try (TestServer server = TestServer.of(options(), handler)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[200_000]))
                    .build();
            HttpClient client = client(version);
            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("true 200000");
            var second = client.send(request, BodyHandlers.ofString());
            assertThat(second.body()).isEqualTo("true 200000");
            assertThat(second.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
            assertThat(server.stats().opened()).isEqualTo(1);
        }
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        try (TestServer server = TestServer.of(options(), exchange -> exchange.respond(HttpResponse.of(204)))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                    .build();
            assertThatThrownBy(() -> client("TLSv1.1").send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(server.stats().requests()).isZero();
        }
    }

    @Test
    void anAnswerThatClosesTheConnectionArrivesWhole() throws Exception {
        String body = "0123456789".repeat(50_000);
        HttpHandler handler =
                exchange -> exchange.respond(HttpResponse.text(200, body).header("Connection", "close"));
        try (TestServer server = TestServer.of(options(), handler)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                    .build();
            assertThat(client("TLSv1.3").send(request, BodyHandlers.ofString()).body())
                    .isEqualTo(body);
            await().until(() -> server.stats().active() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aStreamGoesOnOverTls(String version) throws Exception {
        StreamOwner owner = new StreamOwner();
        try (TestServer server = TestServer.of(options(), owner)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                    .build();
            InputStream body =
                    client(version).send(request, BodyHandlers.ofInputStream()).body();
            HttpStream stream = owner.next();
            byte[] large = HttpStream.chunk("0123456789".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
            StreamOwner.on(
                    server.loop(),
                    begun -> {
                        begun.write(HttpStream.chunk(new byte[] {'a', 'b'}));
                        begun.flush();
                        return begun;
                    },
                    stream);
            assertThat(body.readNBytes(2)).asString().isEqualTo("ab");
            StreamOwner.on(
                    server.loop(),
                    begun -> {
                        begun.write(large);
                        begun.end();
                        return begun;
                    },
                    stream);
            assertThat(body.readAllBytes()).asString().isEqualTo("0123456789".repeat(50_000));
            await().until(() -> server.stats().active() == 0);
            assertThat(owner.told).endsWith("closed").containsOnlyOnce("closed");
        }
    }

    @Test
    void plainHttpOnThePortIsNotAnswered() throws Exception {
        try (TestServer server = TestServer.of(options(), exchange -> exchange.respond(HttpResponse.of(204)));
                RawClient client = server.connect()) {
            assertThat(client.get("/").rest()).doesNotContain("HTTP/1.1 204");
            assertThat(server.stats().requests()).isZero();
        }
    }

    @Test
    void aLargeFileArrivesWholeOverTls() throws Exception {
        String content = "0123456789abcde\n".repeat(100_000);
        Path web = Files.createDirectory(folder.resolve("web"));
        Files.writeString(web.resolve("large.txt"), content);
        Router router = new Router().route("GET /{path...}", StaticFiles.fromFolder(web));
        try (TestServer server = TestServer.of(options(), router)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + server.port() + "/large.txt"))
                    .build();
            assertThat(client("TLSv1.3").send(request, BodyHandlers.ofString()).body())
                    .isEqualTo(content);
        }
    }

    @Test
    void badFilesAreToldInOneSentence() throws Exception {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> Tls.fromPem(missing, files.key()))
                .isInstanceOf(IOException.class)
                .hasMessage("The TLS certificate file " + missing + " cannot be read.");
        Path noKey = Files.writeString(folder.resolve("no-key.pem"), "not a key");
        assertThatThrownBy(() -> Tls.fromPem(files.certificate(), noKey))
                .isInstanceOf(IOException.class)
                .hasMessage("The TLS key file " + noKey
                        + " is not an unencrypted PKCS #8 key; convert it with openssl pkcs8 -topk8 -nocrypt.");
        assertThatThrownBy(() -> Tls.fromPem(files.key(), files.key()))
                .isInstanceOf(IOException.class)
                .hasMessage("The TLS certificate file " + files.key() + " is not a PEM certificate chain.");
    }

    @Test
    void aKeyOfAnotherCertificateIsToldInOneSentence(@TempDir Path other) throws Exception {
        PemFiles others = PemFiles.in(other);
        assertThatThrownBy(() -> Tls.fromPem(files.certificate(), others.key()))
                .isInstanceOf(IOException.class)
                .hasMessage("The TLS key file " + others.key() + " does not belong to the certificate.");
    }

    private static HttpOptions options() throws IOException {
        return HttpOptions.defaults().withTls(Tls.fromPem(files.certificate(), files.key()));
    }

    private static HttpClient client(String version) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(files.trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }
}
