package io.posthorn.playground;

import io.posthorn.Posthorn;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.function.Supplier;

/** Where a server listens and what it logs: the options that every command has. */
final class ListenOptions {
    private static final int MAX_PORT = 65_535;

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The address to listen on, such as localhost (all of this machine's by default).")
    private @Nullable String host;

    private int port;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8000",
            description = "The port to listen on (${DEFAULT-VALUE} by default; 0 takes one that is free).")
    void setPort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(
                    command.commandLine(), "A port is a number from 0 to " + MAX_PORT + ", not " + port + ".");
        }
        this.port = port;
    }

    @Option(names = "--verbose", description = "Log what happens on each connection to standard error.")
    private boolean verbose;

    /**
     * Makes a server, listens, says where, and returns the exit code for success. The server keeps the JVM until a signal
     * ends it, and is closed then.
     *
     * @throws IOException with one sentence, where the port cannot be had
     */
    int serve(Supplier<Posthorn> maker) throws IOException {
        if (verbose) {
            // SLF4J's simple logger reads this when the first logger is made, which is when the server is.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
        Posthorn posthorn = maker.get();
        int bound = host == null ? posthorn.listen(port) : posthorn.listen(host, port);
        Runtime.getRuntime().addShutdownHook(new Thread(posthorn::close, "posthorn-close"));
        command.commandLine().getOut().println("Posthorn is listening on " + address(bound));
        return CommandLine.ExitCode.OK;
    }

    private String address(int bound) {
        String name = host == null ? "localhost" : host;
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + bound + "/";
    }
}
