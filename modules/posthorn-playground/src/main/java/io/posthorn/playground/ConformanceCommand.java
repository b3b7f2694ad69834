package io.posthorn.playground;

import io.posthorn.playground.conformance.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code ./posthorn conformance}: a server for test suites that people have written elsewhere. */
@Command(
        name = "conformance",
        description = "Starts a server for conformance suites; GET / says what it serves.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class ConformanceCommand implements Callable<Integer> {
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
            description = {
                "What it serves:",
                "protocol (the default): WebSocket, a feed, Engine.IO and Socket.IO, for suites of the protocols;",
                "js-client, engine-client, java-client: what the official clients expect of their servers;",
                "bench: what load generators drive."
            })
    private String profile = "protocol";

    private int fooPort;

    @Option(
            names = "--foo-port",
            paramLabel = "N",
            defaultValue = "8001",
            description =
                    "The port of java-client's second server (${DEFAULT-VALUE} by default; 0 takes one that is free).")
    void setFooPort(int port) {
        fooPort = ListenOptions.checkPort(command, port);
    }

    @Override
    public Integer call() throws IOException {
        Profile chosen = Profile.named(profile)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "There is no profile " + profile + "; there are: " + Profile.names() + "."));
        if (chosen.companion().isPresent()) {
            main.listen().serve(chosen.companion().get(), fooPort, "The second server is at ");
        }
        return main.listen().serve(chosen::create);
    }
}
