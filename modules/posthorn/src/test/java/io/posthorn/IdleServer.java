package io.posthorn;

import io.posthorn.engineio.EngineLimits;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.http.HttpLimits;
import io.posthorn.socketio.SocketIoOptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.ObjectName;

/** A server in a process of its own: prints its port, and, for each line that it reads, how many bytes of its heap live. */
final class IdleServer {
    private static final int MOST = 10_000;

    private IdleServer() {}

    public static void main(String[] arguments) throws IOException, JMException {
        HttpLimits limits = HttpLimits.defaults().withMaxConnections(MOST, MOST);
        EngineOptions engine =
                EngineOptions.defaults().withLimits(EngineLimits.defaults().withMaxSessions(MOST, MOST));
        Posthorn posthorn = Posthorn.create(PosthornOptions.defaults().withLimits(limits));
        posthorn.webSocket("/echo", webSocket -> {
            webSocket.onText(webSocket::send);
            webSocket.onBinary(webSocket::send);
        });
        posthorn.socketIo("/socket.io/", SocketIoOptions.defaults().withEngine(engine))
                .onConnection(socket -> {
                    socket.on("echo", String.class, text -> socket.emit("echo", text));
                    socket.on("join", String.class, room -> socket.join(room));
                });
        posthorn.listen(0);
        System.out.println(posthorn.port());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (lines.readLine() != null) {
            System.out.println(liveBytes());
        }
        posthorn.close();
    }

    /** Counted object by object, after a collection: what a heap calls used has holes of megabytes. */
    private static long liveBytes() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        String total = histogram.substring(histogram.lastIndexOf("Total")).trim();
        return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
    }
}
