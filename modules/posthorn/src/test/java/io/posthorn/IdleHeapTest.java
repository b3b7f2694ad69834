package io.posthorn;

import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a connection that has nothing to say takes of the heap: a budget, and a sixth above it. */
class IdleHeapTest {
    private static final int FEW = 200;
    private static final int MANY = 2000;
    private static final int WEB_SOCKET_BYTES = 1300;
    private static final int SOCKET_IO_BYTES = 1900;

    private static final String HANDSHAKE = """
            GET %s HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """.replace("\n", "\r\n");
    /** {@code 40}, masked with 01020304. */
    private static final byte[] CONNECT = {(byte) 0x81, (byte) 0x82, 1, 2, 3, 4, '4' ^ 1, '0' ^ 2};

    private final List<Socket> clients = new ArrayList<>();
    private Process server;
    private BufferedReader answers;
    private int port;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(IoKind.EPOLL.isAvailable());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        server = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = server.inputReader(StandardCharsets.US_ASCII);
        port = Integer.parseInt(answers.readLine());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        if (server != null) {
            server.destroy();
        }
    }

    @Test
    void anIdleWebSocketKeepsToItsBudget() throws IOException {
        assertThat(bytesOfOne(this::webSocket)).isBetween(300L, WEB_SOCKET_BYTES * 7L / 6);
    }

    @Test
    void anIdleSocketOfSocketIoKeepsToItsBudget() throws IOException {
        assertThat(bytesOfOne(this::socketIo)).isBetween(600L, SOCKET_IO_BYTES * 7L / 6);
    }

    private interface Opening {
        void open() throws IOException;
    }

    private long bytesOfOne(Opening opening) throws IOException {
        open(FEW, opening); // what is made once is there
        long before = liveBytes();
        open(MANY, opening);
        return (liveBytes() - before) / MANY;
    }

    private static void open(int count, Opening opening) throws IOException {
        for (int i = 0; i < count; i++) {
            opening.open();
        }
    }

    private long liveBytes() throws IOException {
        server.getOutputStream().write('\n');
        server.getOutputStream().flush();
        return Long.parseLong(answers.readLine());
    }

    private void webSocket() throws IOException {
        connect("/echo");
    }

    private void socketIo() throws IOException {
        Socket client = connect("/socket.io/?EIO=4&transport=websocket");
        read(client, "0{\"sid\"");
        client.getOutputStream().write(CONNECT);
        read(client, "40{\"sid\"");
    }

    private Socket connect(String target) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.add(client);
        client.setSoTimeout(20_000);
        client.getOutputStream().write(HANDSHAKE.formatted(target).getBytes(StandardCharsets.US_ASCII));
        read(client, "\r\n\r\n");
        return client;
    }

    /** Reads until a text has come. */
    private static void read(Socket client, String end) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended behind " + read);
            }
            read.append((char) next);
        }
    }
}
