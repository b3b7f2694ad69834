package io.posthorn.playground.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A bare TCP connection that counts: gathers what comes, on a thread of its own, until the other side ends it. */
final class RawReader implements AutoCloseable {
    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread thread = new Thread(this::receive, "raw reader");
    private long sent;
    private volatile boolean ended;

    RawReader(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a request's head. */
    RawReader get(String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    RawReader send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        sent += bytes.length;
        return this;
    }

    long sent() {
        return sent;
    }

    long received() {
        synchronized (received) {
            return received.size();
        }
    }

    /** What came, as Latin-1. */
    String text() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Waits until there are that many places that match. */
    RawReader awaits(int times, String regex) {
        Pattern pattern = Pattern.compile(regex);
        await().until(() -> pattern.matcher(text()).results().count() >= times);
        return this;
    }

    /** The last thing that a group matched. */
    String last(String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text());
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        assertThat(last).isNotNull();
        return String.valueOf(last);
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void receive() {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            int count = in.read(buffer);
            while (count > 0) {
                synchronized (received) {
                    received.write(buffer, 0, count);
                }
                count = in.read(buffer);
            }
        } catch (IOException reset) {
            // An end like any other.
        }
        ended = true;
    }
}
