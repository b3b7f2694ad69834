package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** {@code ./posthorn conformance}: a server for test suites that people have written elsewhere. */
@Command(
        name = "conformance",
        description = "Starts a server for conformance suites; GET / says what it serves.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class ConformanceCommand implements Callable<Integer> {
    private static final Map<String, Function<PosthornOptions, Posthorn>> PROFILES =
            Map.of("protocol", ProtocolProfile::create);

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @ParentCommand
    private Main main;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "protocol",
            description = "What it serves: protocol (the default) is WebSocket itself, with limits out of the way.")
    private String profile = "protocol";

    @Override
    public Integer call() throws IOException {
        Function<PosthornOptions, Posthorn> server = PROFILES.get(profile);
        if (server == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "There is no profile " + profile + "; there is: " + String.join(", ", PROFILES.keySet()) + ".");
        }
        return main.listen().serve(server);
    }
}
