package io.posthorn.engineio;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where something of the application's fails, its client is answered: an Error too, since clients can cause some. */
class ApplicationErrorsTest {
    private record Case(String name, EngineOptions options, int status) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> failures() {
        EngineOptions options = EngineOptions.defaults();
        EngineOptions later =
                options.withMiddleware((exchange, next) -> new Thread(next::proceed, "middleware").start());
        return Stream.of(
                new Case(
                        "allowRequest",
                        options.withAllowRequest(request -> {
                            throw error();
                        }),
                        403),
                new Case("no admission", options.withAllowRequest(request -> none()), 403),
                new Case(
                        "ids",
                        options.withIds(request -> {
                            throw error();
                        }),
                        400),
                new Case("middleware", failingMiddleware(options), 400),
                new Case("late middleware", failingMiddleware(later), 400),
                new Case(
                        "headers",
                        options.withHeaders(request -> {
                            throw error();
                        }),
                        200));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anErrorOfTheApplicationLeavesNoRequestWithoutAnswer(Case failing) {
        try (EngineHost host = new EngineHost(failing.options, new Recorder())) {
            host.engine().onConnectionError(told -> {
                throw error();
            });
            String answer = EngineClient.get(host, "EIO=4&transport=polling");
            assertThat(EngineClient.status(answer)).isEqualTo(failing.status);
            await().until(() -> host.stats().failures() > 0);
        }
    }

    private static EngineOptions failingMiddleware(EngineOptions options) {
        return options.withMiddleware((exchange, next) -> {
            throw error();
        });
    }

    private static Error error() {
        return new StackOverflowError();
    }

    @SuppressWarnings("NullAway") // What an application may do that does not check its nulls.
    private static Admission none() {
        return null;
    }
}
