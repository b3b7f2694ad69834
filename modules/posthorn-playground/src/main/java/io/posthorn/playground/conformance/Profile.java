package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a conformance server can be. */
public enum Profile {
    /** WebSocket, a feed, Engine.IO and Socket.IO, as suites of the protocols want them. */
    PROTOCOL("protocol"),
    /** What the official JavaScript client expects. */
    JS_CLIENT("js-client"),
    /** What the official Engine.IO client expects. */
    ENGINE_CLIENT("engine-client"),
    /** What the official Java client expects, of the first of its two servers. */
    JAVA_CLIENT("java-client"),
    /** What load generators drive. */
    BENCH("bench");

    private final String label;

    Profile(String label) {
        this.label = label;
    }

    /** The profile with a name. */
    public static Optional<Profile> named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.label.equals(name))
                .findFirst();
    }

    /** All names, with commas between them. */
    public static String names() {
        return Arrays.stream(values()).map(profile -> profile.label).collect(Collectors.joining(", "));
    }

    /** A server that does not listen yet. */
    public Posthorn create(PosthornOptions options) {
        return switch (this) {
            case PROTOCOL -> ProtocolProfile.create(options);
            case JS_CLIENT -> JsClientProfile.create(options);
            case ENGINE_CLIENT -> EngineClientProfile.create(options);
            case JAVA_CLIENT -> JavaClientProfile.create(options);
            case BENCH -> BenchProfile.create(options);
        };
    }

    /** What makes the server that stands beside this profile's own, at a port of its own: the Java client's has {@code /foo}. */
    public Optional<Function<PosthornOptions, Posthorn>> companion() {
        return this == JAVA_CLIENT ? Optional.of(JavaClientProfile::createFoo) : Optional.empty();
    }
}
