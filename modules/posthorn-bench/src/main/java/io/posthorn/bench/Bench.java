package io.posthorn.bench;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code ./bench}: measures Posthorn and its peers. The script of that name builds what this needs, and says how it is
 * used.
 */
@Command(name = "bench", sortOptions = false)
public final class Bench implements Callable<Integer> {
    private static final String TRY_HELP = " (./bench --help lists the options)";

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @Spec
    private CommandSpec command;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--only", split = ",")
    private List<String> only = List.of();

    @Option(names = "--servers", split = ",")
    private List<String> servers = List.of();

    @Option(names = "--runs")
    private int runs;

    @Option(names = "--out")
    private @Nullable Path out;

    @Option(names = "--jdk25")
    private @Nullable Path jdk25;

    @Option(names = "--list")
    private boolean list;

    /** The script's: it does not come here then but to name the parts. */
    @Option(names = "--build", hidden = true)
    private boolean build;

    /** For the script: only names the parts that it has to build. */
    @Option(names = "--parts", hidden = true)
    private boolean parts;

    /** From the script: the project's folder. */
    @Option(names = "--root", hidden = true)
    private Path root = Path.of("");

    private Bench() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(Bench::refuse)
                .setExecutionExceptionHandler(Bench::fail);
    }

    @Override
    public Integer call() {
        Selection selection = selection();
        PrintWriter print = command.commandLine().getOut();
        if (list && !parts) {
            print.print(Listing.text());
        } else if (parts || build) {
            print.println(selection.needed().stream()
                    .map(server -> server.part().option())
                    .distinct()
                    .collect(Collectors.joining(" ")));
        } else {
            new Campaign(selection, places(), quick, print).run(quick && runs == 0 ? 1 : runs);
        }
        print.flush();
        return CommandLine.ExitCode.OK;
    }

    private Selection selection() {
        try {
            return Selection.of(only, servers, quick);
        } catch (BenchException unknown) {
            throw new ParameterException(command.commandLine(), String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private Places places() {
        Path project = root.toAbsolutePath().normalize();
        Path results = out == null ? project.resolve(quick ? "bench-results/quick" : "bench-results") : out;
        return Places.of(project, results.toAbsolutePath().normalize(), jdk25);
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        say(wrong.getCommandLine(), wrong.getMessage() + TRY_HELP);
        return CommandLine.ExitCode.USAGE;
    }

    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        String message = failure.getMessage();
        say(command, failure instanceof BenchException && message != null ? message : failure.toString());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("bench: " + sentence);
    }
}
