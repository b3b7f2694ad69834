package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.continuation;
import static io.posthorn.websocket.conformance.ClientFrame.ping;
import static io.posthorn.websocket.conformance.ClientFrame.pong;
import static io.posthorn.websocket.conformance.ClientFrame.text;

/** Messages in several frames, with control frames between them (RFC 6455 5.4). */
class FragmentationTest {
    /** One byte, a few, and everything at once. */
    private static final List<Integer> WRITES = List.of(1, 5, 100_000);

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> aMessageInTwoFragmentsComesBack() {
        return inEachWay(
                List.of(text("fragment1").notFinal(), continuation("fragment2")),
                List.of(Event.text("fragment1fragment2")));
    }

    @TestFactory
    Stream<DynamicTest> aPingBetweenFragmentsIsAnsweredFirst() {
        return inEachWay(
                List.of(text("fragment1").notFinal(), ping("ping"), continuation("fragment2")),
                List.of(Event.pong("ping"), Event.text("fragment1fragment2")));
    }

    @TestFactory
    Stream<DynamicTest> aPongBetweenFragmentsIsIgnored() {
        return inEachWay(
                List.of(text("fragment1").notFinal(), pong("pong"), continuation("fragment2")),
                List.of(Event.text("fragment1fragment2")));
    }

    @TestFactory
    Stream<DynamicTest> pingsBetweenEachOfFiveFragmentsAreAnswered() {
        List<ClientFrame> frames =
                new ArrayList<>(List.of(text("1").notFinal(), continuation("2").notFinal()));
        frames.add(ping("pongme 1"));
        frames.addAll(List.of(continuation("3").notFinal(), continuation("4").notFinal()));
        frames.add(ping("pongme 2"));
        frames.add(continuation("5"));
        return inEachWay(frames, List.of(Event.pong("pongme 1"), Event.pong("pongme 2"), Event.text("12345")));
    }

    @Test
    void aPingIsAnsweredWhileTheMessageWaitsForItsRest() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(text("1").notFinal(), continuation("2").notFinal(), ping("first"));
            client.expect(Event.pong("first"));
            client.send(continuation("3").notFinal(), continuation("4").notFinal(), ping("second"));
            client.expect(Event.pong("second"));
            client.send(continuation("5"));
            client.expect(Event.text("12345"));
            client.closeNormally();
        }
    }

    @TestFactory
    Stream<DynamicTest> emptyFragmentsCountAsFragments() {
        ClientFrame empty = continuation("").notFinal();
        return Stream.of(
                server.testCase("three empty ones", client -> {
                    client.send(text("").notFinal(), empty, continuation(""));
                    client.expect(Event.text(""));
                    client.closeNormally();
                }),
                server.testCase("the first and the last empty", client -> {
                    client.send(text("").notFinal(), continuation("middle").notFinal(), continuation(""));
                    client.expect(Event.text("middle"));
                    client.closeNormally();
                }),
                server.testCase("between full ones", client -> {
                    client.send(
                            text("a").notFinal(),
                            empty,
                            empty,
                            continuation("b").notFinal(),
                            empty,
                            continuation("c"));
                    client.expect(Event.text("abc"));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aFragmentedControlFrameFailsTheConnection() {
        return Stream.of(
                        List.of(ping("fragment1").notFinal(), continuation("fragment2")),
                        List.of(pong("fragment1").notFinal(), continuation("fragment2")),
                        List.of(ping("").notFinal()),
                        List.of(ClientFrame.close(1000, "").notFinal()))
                .flatMap(frames -> failsAfter(frames, List.of()));
    }

    @TestFactory
    Stream<DynamicTest> aContinuationOfNothingFailsTheConnection() {
        return Stream.of(
                        List.of(continuation("nothing to continue"), text("Hello")),
                        List.of(continuation("nothing to continue").notFinal(), text("Hello")),
                        List.of(continuation("").notFinal()),
                        List.of(continuation("")))
                .flatMap(frames -> failsAfter(frames, List.of()));
    }

    @TestFactory
    Stream<DynamicTest> aContinuationAfterTheLastFragmentFailsTheConnection() {
        List<ClientFrame> message = List.of(text("fragment1").notFinal(), continuation("fragment2"));
        return Stream.of(continuation("too late").notFinal(), continuation("too late"))
                .flatMap(late -> {
                    List<ClientFrame> frames = new ArrayList<>(message);
                    frames.add(late);
                    frames.add(text("never read"));
                    return failsAfter(frames, List.of(Event.text("fragment1fragment2")));
                });
    }

    @TestFactory
    Stream<DynamicTest> aNewMessageBeforeTheOldOneEndsFailsTheConnection() {
        return Stream.of(
                        List.of(text("fragment1").notFinal(), text("fragment2")),
                        List.of(text("fragment1").notFinal(), text("fragment2").notFinal()),
                        List.of(text("fragment1").notFinal(), ClientFrame.binary(new byte[3])),
                        List.of(ClientFrame.binary(new byte[3]).notFinal(), text("")),
                        List.of(text("").notFinal(), continuation("").notFinal(), text("fragment2")))
                .flatMap(frames -> failsAfter(frames, List.of()));
    }

    @TestFactory
    Stream<DynamicTest> aContinuationBeforeTheFirstFragmentFailsTheConnectionAtOnce() {
        ClientFrame begun = text("fragment2").notFinal();
        return Stream.of(continuation("fragment1").notFinal(), continuation("fragment1"))
                .flatMap(early -> failsAfter(
                        List.of(early, begun, continuation("fragment3"), early, begun, continuation("fragment3")),
                        List.of()));
    }

    @Test
    void aTextInFramesOf1300BytesComesBackWhole() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendMessage(ClientFrame.TEXT, Payloads.ascii(65_536), 1300);
            client.expect(Event.text(Payloads.ascii(65_536)));
            client.closeNormally();
        }
    }

    private Stream<DynamicTest> inEachWay(List<ClientFrame> frames, List<Event> answers) {
        ClientFrame[] all = frames.toArray(ClientFrame[]::new);
        Stream<DynamicTest> chopped = WRITES.stream()
                .map(size -> server.testCase("in writes of " + size, client -> {
                    client.sendChopped(size, all);
                    answers.forEach(client::expect);
                    client.closeNormally();
                }));
        return Stream.concat(chopped, Stream.of(server.testCase("frame by frame", client -> {
            client.sendFrameByFrame(all);
            answers.forEach(client::expect);
            client.closeNormally();
        })));
    }

    private Stream<DynamicTest> failsAfter(List<ClientFrame> frames, List<Event> answers) {
        ClientFrame[] all = frames.toArray(ClientFrame[]::new);
        return WRITES.stream()
                .map(size -> server.testCase(frames.size() + " frames in writes of " + size, client -> {
                    client.sendChopped(size, all);
                    answers.forEach(client::expect);
                    client.expectFailure(1002);
                }));
    }
}
