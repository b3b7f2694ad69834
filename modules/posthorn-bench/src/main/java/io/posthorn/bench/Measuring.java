package io.posthorn.bench;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the runs of one case, and leaves each in the log as soon as it is made. */
final class Measuring {
    // Loads the code of both ends of a connection, and makes what there is one of.
    private static final List<String> IDLE_WARM_UP = List.of("--connections", "2000", "--rounds", "2");

    private final BenchCase benchCase;
    private final Field field;
    private final String fingerprint;
    private final int rounds;

    /**
     * What the runs of all cases have in common.
     *
     * @param versions by server
     */
    record Field(
            Places places,
            Cores cores,
            Processes processes,
            Pace pace,
            LoadGenerator load,
            Map<String, String> versions,
            RunLog log,
            Progress progress) {}

    private Measuring(BenchCase benchCase, Field field, String fingerprint, Schedule schedule) {
        this.benchCase = benchCase;
        this.field = field;
        this.fingerprint = fingerprint;
        this.rounds = schedule.rounds();
    }

    /** @param fingerprint of what takes turns */
    static void make(BenchCase benchCase, Schedule schedule, Field field, String fingerprint) {
        Measuring measuring = new Measuring(benchCase, field, fingerprint, schedule);
        if (benchCase.load().action().needsFreshServer()) {
            schedule.slots().forEach(measuring::startAndRun);
        } else {
            measuring.alternate(schedule);
        }
    }

    private void alternate(Schedule schedule) {
        Map<Server, ServerProcess> running = new LinkedHashMap<>();
        try {
            for (Server server : schedule.servers()) {
                ServerProcess process = warmServer(schedule.firstOf(server));
                if (process != null) {
                    running.put(server, process);
                }
            }
            for (Schedule.Slot slot : schedule.slots()) {
                ServerProcess process = running.get(slot.server());
                if (process != null) {
                    note(slot, () -> measure(process));
                }
            }
        } finally {
            running.values().forEach(ServerProcess::close);
        }
    }

    /** Null, and an invalid run in the log, where it does not start or does not bear its first load. */
    private @Nullable ServerProcess warmServer(Schedule.Slot slot) {
        ServerProcess process = null;
        try {
            process = start(slot.server());
            field.progress.warmingUp(process.server());
            warmUp(process);
            return process;
        } catch (BenchException failed) {
            if (process != null) {
                process.close();
            }
            append(slot, Map.of(), failed.getMessage());
            return null;
        }
    }

    private void startAndRun(Schedule.Slot slot) {
        note(slot, () -> {
            try (ServerProcess process = start(slot.server())) {
                return benchCase.load().action() == Action.IDLE ? hold(process) : measure(process);
            }
        });
    }

    private ServerProcess start(Server server) {
        return ServerProcess.start(server, field.places, field.cores, field.processes);
    }

    private void warmUp(ServerProcess process) {
        List<String> arguments = new ArrayList<>(benchCase.load().warmUp());
        arguments.addAll(seconds(field.pace.warmUpOf(process.server()), 0.2));
        field.load.run(process, benchCase.load(), arguments);
    }

    private Map<String, Double> measure(ServerProcess process) {
        List<String> arguments = new ArrayList<>(benchCase.load().arguments());
        if (!benchCase.load().action().needsFreshServer()) {
            arguments.addAll(seconds(field.pace.runWarmUp(), field.pace.run()));
        }
        return field.load.run(process, benchCase.load(), arguments);
    }

    /** What connections that do nothing take. */
    private Map<String, Double> hold(ServerProcess process) {
        Load load = benchCase.load();
        field.load.run(process, new Load(Action.HANDSHAKE, load.protocol(), load.arguments(), List.of()), IDLE_WARM_UP);
        Memory before = memory(process);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.putAll(field.load.holding(process, load, load.arguments(), connected -> {
            double connections = connected.getOrDefault("connected", Double.NaN);
            Memory after = memory(process);
            figures.put(Metric.RSS_EACH.key(), (after.residentKib - before.residentKib) * 1024.0 / connections);
            if (after.heap > 0) {
                figures.put(Metric.HEAP.key(), (after.heap - before.heap) / connections);
            }
        }));
        return figures;
    }

    /** What a server has now. Resident first: the full collection that counts the heap moves all of it. */
    private record Memory(long residentKib, long heap) {}

    private Memory memory(ServerProcess process) {
        long resident = ProcessStatus.residentKib(process.pid());
        Path jdk = field.places.jdk(process.server().platform());
        return new Memory(resident, jdk == null ? 0 : HeapHistogram.liveBytes(jdk, process.pid()));
    }

    private static List<String> seconds(double warmUp, double measured) {
        return List.of("--warmup", Double.toString(warmUp), "--seconds", Double.toString(measured));
    }

    private void note(Schedule.Slot slot, Supplier<Map<String, Double>> run) {
        try {
            Map<String, Double> figures = run.get();
            double errors = figures.getOrDefault("errors", 0.0);
            append(slot, figures, errors > 0 ? String.format("%.0f messages were lost or wrong", errors) : null);
        } catch (BenchException failed) {
            append(slot, Map.of(), failed.getMessage());
        }
    }

    private void append(Schedule.Slot slot, Map<String, Double> figures, @Nullable String error) {
        if (error != null && field.processes.areEnding()) {
            return;
        }
        String name = slot.server().name();
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String version = field.versions.getOrDefault(name, "");
        Run run = new Run(benchCase.name(), name, slot.round(), fingerprint, version, date, figures, error);
        field.log.append(run);
        field.progress.ran(run, rounds);
    }
}
