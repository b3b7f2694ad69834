package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.BINARY;
import static io.posthorn.websocket.conformance.ClientFrame.TEXT;

/** Messages up to 16 MiB, in frames and in writes of many sizes, and many small ones. */
class LargeMessagesTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final List<Integer> OPCODES = List.of(TEXT, BINARY);

    /** How many small messages a case sends. */
    private static final int MESSAGES = 300;

    private static final byte[] LARGEST = Payloads.ascii(16 * MIB);

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> aLargeMessageInOneFrameComesBack() {
        return cases(
                List.of(64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB),
                "in one frame",
                (client, opcode, size) -> echo(client, opcode, size, Integer.MAX_VALUE));
    }

    @TestFactory
    Stream<DynamicTest> aMessageOf4MiBInFragmentsComesBack() {
        return cases(
                List.of(64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB),
                "in each fragment",
                (client, opcode, fragment) -> echo(client, opcode, 4 * MIB, fragment));
    }

    @TestFactory
    Stream<DynamicTest> aMessageOf1MiBInSmallWritesComesBack() {
        return cases(List.of(64, 128, 256, 512, 1024, 2048), "in each write", (client, opcode, size) -> {
            byte[] payload = Arrays.copyOf(LARGEST, MIB);
            client.sendChopped(size, ClientFrame.of(opcode, payload));
            client.expect(message(opcode, payload));
        });
    }

    @TestFactory
    Stream<DynamicTest> manyMessagesAfterEachOtherComeBack() {
        return cases(List.of(0, 16, 64, 256, 1024, 4096), "in each message", (client, opcode, size) -> {
            byte[] payload = Arrays.copyOf(LARGEST, size);
            for (int i = 0; i < MESSAGES; i++) {
                client.send(ClientFrame.of(opcode, payload));
                client.expect(message(opcode, payload));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> manyMessagesAtOnceComeBack() {
        return cases(List.of(0, 16, 64, 256, 1024, 4096), "in each message", (client, opcode, size) -> {
            byte[] payload = Arrays.copyOf(LARGEST, size);
            ClientFrame[] burst = new ClientFrame[MESSAGES / 10];
            Arrays.fill(burst, ClientFrame.of(opcode, payload));
            for (int i = 0; i < 10; i++) {
                client.send(burst);
                for (int k = 0; k < burst.length; k++) {
                    client.expect(message(opcode, payload));
                }
            }
        });
    }

    private static void echo(RawWebSocketClient client, int opcode, int size, int fragment) {
        byte[] payload = Arrays.copyOf(LARGEST, size);
        client.sendMessage(opcode, payload, fragment);
        client.expect(message(opcode, payload));
    }

    private static Event message(int opcode, byte[] payload) {
        return opcode == TEXT ? Event.text(payload) : Event.binary(payload);
    }

    private Stream<DynamicTest> cases(List<Integer> sizes, String unit, Steps steps) {
        return OPCODES.stream()
                .flatMap(opcode -> sizes.stream().map(size -> {
                    String name = (opcode == TEXT ? "text, " : "binary, ") + size + " bytes " + unit;
                    return server.testCase(name, client -> {
                        steps.run(client, opcode, size);
                        client.closeNormally();
                    });
                }));
    }

    /** What a case of one opcode and size does. */
    private interface Steps {
        void run(RawWebSocketClient client, int opcode, int size);
    }
}
