package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.loop.IoKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.function.Function;

/** Where a server listens and what it logs: the options that every command has. */
final class ListenOptions {
    private static final int MAX_PORT = 65_535;

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--host",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The address to listen on, such as localhost (all of this machine's by default).")
    private @Nullable String host;

    private int port;

    @Option(
            names = "--port",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            defaultValue = "8000",
            description = "The port to listen on (${DEFAULT-VALUE} by default; 0 takes one that is free).")
    void setPort(int port) {
        this.port = checkPort(command, port);
    }

    @Option(
            names = "--io",
            scope = ScopeType.INHERIT,
            paramLabel = "KIND",
            description = "How to wait for sockets: ${COMPLETION-CANDIDATES} (the best of this machine by default).")
    private @Nullable IoKind io;

    @Option(
            names = "--loops",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            description = "How many event loops there are (one for each processor by default).")
    private @Nullable Integer loops;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what happens on each connection to standard error.")
    private boolean verbose;

    /**
     * Makes a server, listens, says where, and returns the exit code for success. The server keeps the JVM until a signal
     * ends it, and is closed then.
     *
     * @throws IOException with one sentence, where the port cannot be had
     */
    int serve(Function<PosthornOptions, Posthorn> maker) throws IOException {
        serve(maker, port, "Posthorn is listening on ");
        return CommandLine.ExitCode.OK;
    }

    /** As {@link #serve(Function)}, but on another port than the options say, and in other words. */
    void serve(Function<PosthornOptions, Posthorn> maker, int onPort, String words) throws IOException {
        if (verbose) {
            // SLF4J's simple logger reads this when the first logger is made, which is when the server is.
            System.setProperty("org.slf4j.simpleLogger.log.io.posthorn", "debug");
        }
        Posthorn posthorn = maker.apply(options());
        int bound = host == null ? posthorn.listen(onPort) : posthorn.listen(host, onPort);
        Runtime.getRuntime().addShutdownHook(new Thread(posthorn::close, "posthorn-close"));
        command.commandLine().getOut().println(words + address(bound));
    }

    /** A port as it was given. */
    static int checkPort(CommandSpec command, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(
                    command.commandLine(), "A port is a number from 0 to " + MAX_PORT + ", not " + port + ".");
        }
        return port;
    }

    private PosthornOptions options() {
        PosthornOptions options = PosthornOptions.defaults();
        if (io != null) {
            options = options.withIo(io);
        }
        return loops == null ? options : options.withLoops(loops);
    }

    private String address(int bound) {
        String name = host == null ? "localhost" : host;
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + bound + "/";
    }
}
