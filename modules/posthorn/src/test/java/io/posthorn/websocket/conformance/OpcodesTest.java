package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

/** Opcodes without a meaning fail the connection (RFC 6455 5.2). */
class OpcodesTest {
    private static final List<Integer> RESERVED = List.of(0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF);

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> aReservedOpcodeFailsTheConnection() {
        return RESERVED.stream()
                .map(opcode -> server.testCase(name(opcode), client -> {
                    client.send(ClientFrame.of(opcode, new byte[0]));
                    client.expectFailure(1002);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aReservedOpcodeWithAPayloadFailsTheConnection() {
        return RESERVED.stream()
                .map(opcode -> server.testCase(name(opcode), client -> {
                    client.send(ClientFrame.of(opcode, Payloads.ascii(70)));
                    client.expectFailure(1002);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theMessageBeforeIsAnsweredAndThePingAfterIsNot() {
        return RESERVED.stream()
                .flatMap(opcode -> Stream.of(1, 10_000)
                        .map(size -> server.testCase(name(opcode) + " in writes of " + size, client -> {
                            client.sendChopped(
                                    size,
                                    ClientFrame.text("before"),
                                    ClientFrame.of(opcode, Payloads.ascii(3)),
                                    ClientFrame.ping("after"));
                            client.expect(Event.text("before"));
                            client.expectFailure(1002);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aReservedOpcodeBetweenFragmentsFailsTheConnection() {
        return RESERVED.stream()
                .map(opcode -> server.testCase(name(opcode), client -> {
                    client.send(
                            ClientFrame.text("begun").notFinal(),
                            ClientFrame.of(opcode, new byte[0]),
                            ClientFrame.continuation("ended"));
                    client.expectFailure(1002);
                }));
    }

    private static String name(int opcode) {
        return String.format("opcode 0x%X", opcode);
    }
}
