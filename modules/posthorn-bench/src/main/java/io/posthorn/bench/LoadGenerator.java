package io.posthorn.bench;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The C program that is all the clients: one process a run, pinned to the load's core. */
final class LoadGenerator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE_SECONDS = 120;

    private final Places places;
    private final Cores cores;
    private final Processes processes;

    LoadGenerator(Places places, Cores cores, Processes processes) {
        this.places = places;
        this.cores = cores;
        this.processes = processes;
    }

    /** Puts a server under a load, and returns the figures. */
    Map<String, Double> run(ServerProcess server, Load load, List<String> more) {
        return holding(server, load, more, figures -> {});
    }

    /**
     * As {@link #run}, with something to do once the first figures are there: connections that are to be idle are held
     * until that is done.
     */
    Map<String, Double> holding(ServerProcess server, Load load, List<String> more, Held held) {
        Process process = start(command(server, load, more));
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                throw new BenchException(complaint(process));
            }
            Map<String, Double> figures = figures(line);
            held.whileConnected(figures);
            process.getOutputStream().close();
            return figures;
        } catch (IOException | JacksonException failed) {
            throw new BenchException("the load generator's answer cannot be read: " + failed.getMessage(), failed);
        } finally {
            processes.end(process);
        }
    }

    /** What is done while the connections are there. */
    interface Held {
        void whileConnected(Map<String, Double> figures);
    }

    /** All numbers of a JSON object. */
    static Map<String, Double> figures(String line) {
        Map<String, Double> figures = new LinkedHashMap<>();
        JsonNode object = JSON.readTree(line);
        object.properties().stream()
                .filter(property -> property.getValue().isNumber())
                .forEach(property ->
                        figures.put(property.getKey(), property.getValue().doubleValue()));
        return figures;
    }

    private List<String> command(ServerProcess server, Load load, List<String> more) {
        List<String> command = new ArrayList<>(cores.load());
        command.addAll(List.of(places.loadGenerator().toString(), load.action().option()));
        command.addAll(List.of("--protocol", load.protocolFor(server.server()).option()));
        command.addAll(List.of("--port", Integer.toString(server.port())));
        command.addAll(List.of("--path", load.pathOn(server.server())));
        if (load.action() == Action.FANOUT && isPosted(load.protocolFor(server.server()))) {
            command.addAll(List.of("--post-path", "/feed"));
        }
        command.addAll(List.of("--pid", Long.toString(server.pid())));
        command.addAll(more);
        return command;
    }

    /** Whether the connections only read, so that what they read is published by POST. */
    private static boolean isPosted(Protocol protocol) {
        return protocol == Protocol.EVENTSOURCE || protocol == Protocol.LONGPOLL;
    }

    private Process start(List<String> command) {
        try {
            return processes.add(new ProcessBuilder(command).start());
        } catch (IOException failed) {
            throw new BenchException("the load generator could not be started: " + failed.getMessage(), failed);
        }
    }

    private static String complaint(Process process) throws IOException {
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            String sentence = errors.readLine();
            return sentence == null ? "the load generator ended without a word" : sentence;
        }
    }
}
