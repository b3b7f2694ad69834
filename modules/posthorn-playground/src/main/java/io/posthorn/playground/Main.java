package io.posthorn.playground;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.util.concurrent.Callable;

/** The program: {@code ./posthorn} starts the playground, and its subcommands start something else. */
@Command(
        name = "posthorn",
        description = "Starts the playground: a page that shows what travels over each connection.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = ConformanceCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:after --help and --version",
            "1:the server could not start",
            "2:an option is wrong",
            "130, 143:stopped by Ctrl-C, by SIGTERM"
        })
public final class Main implements Callable<Integer> {
    private static final String TRY_HELP = " (./posthorn --help lists the options)";

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    private Main() {}

    /** Runs the command. A server that was started keeps the JVM until a signal comes. */
    public static void main(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::fail)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(Playground::create);
    }

    ListenOptions listen() {
        return listen;
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        String sentence = wrong instanceof UnmatchedArgumentException unknown
                ? "Unknown option or command: " + unknown.getUnmatched().get(0)
                : wrong.getMessage();
        say(wrong.getCommandLine(), sentence + TRY_HELP);
        return CommandLine.ExitCode.USAGE;
    }

    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        LoggerFactory.getLogger(Main.class).debug("{} failed", command.getCommandName(), failure);
        String message = failure.getMessage();
        say(command, message == null ? failure.toString() : message);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("posthorn: " + sentence);
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Posthorn " + (version == null ? "(not packaged)" : version)};
        }
    }
}
