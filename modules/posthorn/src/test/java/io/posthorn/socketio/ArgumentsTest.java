package io.posthorn.socketio;

import io.posthorn.json.TypeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an event carries, bound to types. */
class ArgumentsTest {
    record Price(String symbol, double value) {}

    record Order(String id, List<Price> prices, Optional<String> note, Instant at) {}

    /** The event {@code e} with these arguments, as they stand on the wire. */
    private static Event event(String arguments) {
        CompletableFuture<Event> received = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("e", received::complete));
            try (WireClient client = server.connected()) {
                client.send("42[\"e\"" + arguments + "]");
                return received.orTimeout(20, TimeUnit.SECONDS).join();
            }
        }
    }

    @Test
    void argumentsAreBoundToTheTypeThatIsAskedFor() {
        Event event = event(",1,2.5,true,\"x\",[1,2],{\"k\":[null]}");
        assertThat(event.arg(0, Integer.class)).isEqualTo(1);
        assertThat(event.arg(0, int.class)).isEqualTo(1);
        assertThat(event.arg(0, Long.class)).isEqualTo(1L);
        assertThat(event.arg(1, Double.class)).isEqualTo(2.5);
        assertThat(event.arg(2, Boolean.class)).isTrue();
        assertThat(event.text(3)).isEqualTo("x");
        assertThat(event.arg(4, int[].class)).containsExactly(1, 2);
        assertThat(event.json(5)).isEqualTo("{\"k\":[null]}");
    }

    @Test
    void aRecordIsBoundWithAllThatIsInIt() {
        Event event =
                event(",{\"id\":\"7\",\"prices\":[{\"symbol\":\"A\",\"value\":1.5}],\"at\":\"2024-05-06T07:08:09Z\"}");
        assertThat(event.arg(0, Order.class))
                .isEqualTo(new Order(
                        "7", List.of(new Price("A", 1.5)), Optional.empty(), Instant.parse("2024-05-06T07:08:09Z")));
    }

    @Test
    void aGenericTypeIsBoundByItsReference() {
        Event event = event(",[{\"symbol\":\"A\",\"value\":1}],{\"x\":[1,2]}");
        assertThat(event.arg(0, new TypeRef<List<Price>>() {})).containsExactly(new Price("A", 1));
        assertThat(event.arg(1, new TypeRef<Map<String, List<Long>>>() {})).isEqualTo(Map.of("x", List.of(1L, 2L)));
    }

    @Test
    void allArgumentsTogetherArePlainJava() {
        Event event = event(",1,\"x\",null,[true],{\"k\":2.5}");
        List<Object> expected = new ArrayList<>(List.of(1, "x"));
        expected.add(null);
        expected.add(List.of(true));
        expected.add(Map.of("k", 2.5));
        assertThat(event.args()).isEqualTo(expected.toArray());
    }

    @Test
    void anArgumentThatMayBeLeftOutIsOptional() {
        Event event = event(",null,5");
        assertThat(event.has(0)).isFalse();
        assertThat(event.has(1)).isTrue();
        assertThat(event.has(2)).isFalse();
        assertThat(event.has(-1)).isFalse();
        assertThat(event.optional(0, Integer.class)).isEmpty();
        assertThat(event.optional(1, Integer.class)).contains(5);
        assertThat(event.optional(2, Integer.class)).isEmpty();
        assertThatThrownBy(() -> event.optional(1, Price.class)).isInstanceOf(ArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | there are 0 arguments", ",null | it is null"})
    void whatIsNotThereOrNullNamesEventPositionAndType(String arguments, String what) {
        Event event = event(arguments);
        assertThatThrownBy(() -> event.arg(0, Price.class))
                .isInstanceOfSatisfying(ArgumentException.class, wrong -> {
                    assertThat(wrong.event()).isEqualTo("e");
                    assertThat(wrong.position()).isZero();
                    assertThat(wrong.type()).isEqualTo(Price.class.getName());
                })
                .hasMessage("argument 0 of \"e\" is not " + Price.class.getName() + ": " + what);
        assertThatThrownBy(() -> event.text(0)).hasMessage("argument 0 of \"e\" is not a text: " + what);
        assertThatThrownBy(() -> event.binary(0)).hasMessage("argument 0 of \"e\" is not binary: " + what);
    }

    @Test
    void whatDoesNotFitNamesEventPositionAndTypeAndNothingOfWhatWasSent() {
        Event event = event(",\"fine\",\"hunter2\"");
        assertThatThrownBy(() -> event.arg(1, Integer.class))
                .isInstanceOf(ArgumentException.class)
                .hasMessageStartingWith("argument 1 of \"e\" is not java.lang.Integer")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> event.arg(1, new TypeRef<List<Integer>>() {}))
                .hasMessageStartingWith("argument 1 of \"e\" is not java.util.List<java.lang.Integer>")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> event.binary(1))
                .hasMessageStartingWith("argument 1 of \"e\" is not binary")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> event.arg(-1, String.class)).isInstanceOf(ArgumentException.class);
    }

    @Test
    void aTextIsNotMadeOfSomethingElse() {
        Event event = event(",1,{\"a\":1}");
        assertThatThrownBy(() -> event.text(0)).isInstanceOf(ArgumentException.class);
        assertThatThrownBy(() -> event.text(1)).isInstanceOf(ArgumentException.class);
    }

    @Test
    void aNumberThatIsTooLargeForItsTypeDoesNotFit() {
        Event event = event(",3000000000,1e999,1.5");
        assertThat(event.arg(0, Long.class)).isEqualTo(3_000_000_000L);
        assertThatThrownBy(() -> event.arg(0, Integer.class)).isInstanceOf(ArgumentException.class);
        assertThatThrownBy(() -> event.arg(1, Long.class)).isInstanceOf(ArgumentException.class);
    }

    @Test
    void aRecordsPrimitiveThatIsMissingIsNotInventedInSilence() {
        Event event = event(",{\"symbol\":\"A\"}");
        assertThat(event.arg(0, Price.class)).isEqualTo(new Price("A", 0));
    }

    @Test
    void anArgumentThatDoesNotFitGoesToOnErrorAndTheConnectionLives() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.onError((failed, failure) -> failures.add(failure));
                socket.on("price", Price.class, (price, ack) -> ack.send(price.symbol()));
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"price\",\"A\"]")
                        .send("422[\"price\"]")
                        .send("423[\"price\",null]")
                        .quiet();
                assertThat(client.send("424[\"price\",{\"symbol\":\"A\",\"value\":1}]")
                                .next())
                        .isEqualTo("434[\"A\"]");
            }
            assertThat(server.io().stats().wrongArguments()).isEqualTo(3);
            assertThat(server.io().stats().handlerFailures()).isZero();
        }
        assertThat(failures)
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ArgumentException.class)
                        .hasMessageStartingWith("argument 0 of \"price\" is not " + Price.class.getName()));
    }

    @Test
    void theShortFormsTakeATypeOrItsReferenceWithOrWithoutAck() {
        TypeRef<List<Price>> prices = new TypeRef<>() {};
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("text", String.class, text -> socket.emit("got", text))
                            .on("text", String.class, (text, ack) -> ack.send("length", text.length()))
                            .on("prices", prices, list -> socket.emit("got", list.size()))
                            .on(
                                    "prices",
                                    prices,
                                    (list, ack) -> ack.send(list.get(0).symbol())));
            try (WireClient client = server.connected()) {
                client.send("421[\"text\",\"abc\"]");
                assertThat(client.next()).isEqualTo("42[\"got\",\"abc\"]");
                assertThat(client.next()).isEqualTo("431[\"length\",3]");
                client.send("422[\"prices\",[{\"symbol\":\"A\",\"value\":1}]]");
                assertThat(client.next()).isEqualTo("42[\"got\",1]");
                assertThat(client.next()).isEqualTo("432[\"A\"]");
                client.send("42[\"text\",\"no ack\"]");
                assertThat(client.next()).isEqualTo("42[\"got\",\"no ack\"]");
                client.quiet();
            }
        }
    }

    @Test
    void aClassNameInTheJsonIsData() {
        Event event = event(",{\"@class\":\"java.util.ArrayList\",\"__proto__\":{\"x\":1}}");
        assertThat(event.args()[0]).isEqualTo(Map.of("@class", "java.util.ArrayList", "__proto__", Map.of("x", 1)));
    }

    @Test
    void argumentsThatAreNestedTooDeeplyCloseTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            String deep = "[".repeat(100_000) + "]".repeat(100_000);
            assertThat(client.send("42[\"e\"," + deep + "]").end()).isEqualTo(1005);
        }
    }
}
