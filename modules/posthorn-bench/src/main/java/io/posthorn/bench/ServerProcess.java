package io.posthorn.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that runs: started pinned to its core, it is ended by {@link #close}. What it says goes to its log. */
final class ServerProcess implements AutoCloseable {
    /** The same for every JVM, so that only the servers differ. */
    static final String JVM_FLAGS = "-XX:+UseSerialGC -Xms1g -Xmx1g";

    /** What Netty needs of newer JDKs, as {@code ./posthorn} gives it. */
    static final String JVM_25_FLAGS = "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

    // The first start of Posthorn on a JDK prepares its archive of classes.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Server server;
    private final int port;
    private final Process process;
    private final Processes processes;

    private ServerProcess(Server server, int port, Process process, Processes processes) {
        this.server = server;
        this.port = port;
        this.process = process;
        this.processes = processes;
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @throws BenchException where it does not
     */
    static ServerProcess start(Server server, Places places, Cores cores, Processes processes) {
        Path log = places.log(server.name());
        try {
            Files.createDirectories(log.getParent());
            int port = freePort();
            List<String> command = new ArrayList<>(cores.server());
            command.addAll(places.fill(server, port));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(places.root().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            setJvm(builder, server, places);
            Process process = processes.add(builder.start());
            ServerProcess started = new ServerProcess(server, port, process, processes);
            started.awaitListening(log);
            return started;
        } catch (IOException failed) {
            throw new BenchException(server.name() + " could not be started: " + failed.getMessage(), failed);
        }
    }

    Server server() {
        return server;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        processes.end(process);
    }

    /** The flags of a server's JVM, as they stand in {@code JDK_JAVA_OPTIONS}. */
    static String jvmFlags(Server server) {
        List<String> flags = new ArrayList<>(List.of(JVM_FLAGS));
        if (server.platform() == Platform.JDK_25) {
            flags.add(JVM_25_FLAGS);
        }
        flags.addAll(server.jvmFlags());
        return String.join(" ", flags);
    }

    private static void setJvm(ProcessBuilder builder, Server server, Places places) {
        Path jdk = places.jdk(server.platform());
        if (jdk != null) {
            builder.environment().put("JAVA_HOME", jdk.toString());
            builder.environment().put("JDK_JAVA_OPTIONS", jvmFlags(server));
        }
    }

    private void awaitListening(Path log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log, StandardCharsets.ISO_8859_1).contains("listening")) {
            boolean isLate = System.nanoTime() > deadline;
            if (isLate || hasEnded()) {
                close();
                throw new BenchException(
                        server.name() + (isLate ? " does not listen" : " ended at once") + "; " + log + " says why.");
            }
        }
    }

    /** Waits a little for it, too. */
    private boolean hasEnded() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
