package io.posthorn.playground;

import io.posthorn.Posthorn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code ./posthorn conformance}: a server for test suites that people have written elsewhere. */
@Command(
        name = "conformance",
        description = "Starts a server for conformance suites; GET / says what it serves.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class ConformanceCommand implements Callable<Integer> {
    private static final Map<String, Supplier<Posthorn>> PROFILES = Map.of("protocol", ProtocolProfile::create);

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @Spec
    private CommandSpec command;

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "protocol",
            description = "What it serves: protocol (the default) is WebSocket itself, without limits.")
    private String profile = "protocol";

    @Override
    public Integer call() throws IOException {
        Supplier<Posthorn> server = PROFILES.get(profile);
        if (server == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "There is no profile " + profile + ", but " + String.join(", ", PROFILES.keySet()) + ".");
        }
        return listen.serve(server);
    }
}
