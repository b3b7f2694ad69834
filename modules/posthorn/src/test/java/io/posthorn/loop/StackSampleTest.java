package io.posthorn.loop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StackSampleTest {
    private static final int NATIVE = -2;
    private static final StackTraceElement HANDLER = frame("com.example.Chat", "onMessage", 1);
    private static final StackTraceElement CALLS = frame(UserCalls.class.getName(), "call", 1);
    private static final StackTraceElement CHANNEL = frame("io.netty.channel.AbstractChannel", "flush", 1);

    @ParameterizedTest
    @EnumSource(
            value = Thread.State.class,
            names = {"WAITING", "TIMED_WAITING", "BLOCKED"})
    void whoWaitsOrIsBlockedWaits(Thread.State state) {
        assertThat(new StackSample(state, List.of(HANDLER, CALLS)).waits()).isTrue();
    }

    @Test
    void whoRunsJavaComputes() {
        assertThat(running(HANDLER, CALLS)).isFalse();
        assertThat(running()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sun.nio.ch.Net",
                "sun.nio.ch.SocketDispatcher",
                "java.io.FileInputStream",
                "java.net.Inet6AddressImpl",
                "sun.nio.fs.UnixNativeDispatcher",
                "java.lang.ProcessImpl",
                "org.sqlite.core.NativeDB"
            })
    void whoIsInASystemCallOrUnknownNativeCodeWaits(String type) {
        assertThat(running(frame(type, "call0", NATIVE), HANDLER, CALLS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.System",
                "java.lang.Object",
                "java.lang.Throwable",
                "java.util.zip.Deflater",
                "java.util.zip.CRC32",
                "jdk.internal.misc.Unsafe",
                "sun.security.Anything"
            })
    void whoIsInNativeCodeOfTheJdkThatComputesComputes(String type) {
        assertThat(running(frame(type, "call0", NATIVE), HANDLER, CALLS)).isFalse();
    }

    @Test
    void theServersOwnWritesAreNotTheHandlersWaits() {
        StackTraceElement write = frame("sun.nio.ch.SocketDispatcher", "write0", NATIVE);
        assertThat(running(write, CHANNEL, HANDLER, CALLS, CHANNEL)).isFalse();
        assertThat(running(frame("io.netty.channel.epoll.Native", "writev", NATIVE), HANDLER, CALLS))
                .isFalse();
        // Each handler is called from a channel.
        assertThat(running(write, HANDLER, CALLS, CHANNEL)).isTrue();
    }

    @Test
    void aThreadThatWaitsForAConnectionWaits() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> accept(server));
            thread.setDaemon(true);
            thread.start();

            await().until(() -> StackSample.of(thread).waits()
                    && thread.getState() == Thread.State.RUNNABLE
                    && thread.getStackTrace()[0].isNativeMethod());
        }
    }

    private static void accept(ServerSocket server) {
        try {
            server.accept().close();
        } catch (IOException closed) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static boolean running(StackTraceElement... stack) {
        return new StackSample(Thread.State.RUNNABLE, List.of(stack)).waits();
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, null, line);
    }
}
