package io.posthorn.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose turn it is: the servers alternate run by run, so that what the machine does besides meets all of them alike.
 *
 * @param slots the runs that are still to be made, in their order
 */
record Schedule(List<Slot> slots) {
    /** A turn; {@code round} counts from 1. */
    record Slot(int round, Server server) {}

    /**
     * What is missing of a case.
     *
     * @param runs how many rounds there are to be; 0 for as many as each server's goals need
     * @param made the runs that may be compared with those to come; the invalid ones among them are made again
     */
    static Schedule missing(BenchCase benchCase, List<Server> servers, int runs, List<Run> made) {
        List<Slot> slots = new ArrayList<>();
        int rounds = servers.stream()
                .mapToInt(server -> wanted(benchCase, server, runs))
                .max()
                .orElse(0);
        for (int round = 1; round <= rounds; round++) {
            for (Server server : servers) {
                Slot slot = new Slot(round, server);
                if (round <= wanted(benchCase, server, runs) && made.stream().noneMatch(run -> isOf(run, slot))) {
                    slots.add(slot);
                }
            }
        }
        return new Schedule(slots);
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** Those that have a turn, in the order of their first. */
    List<Server> servers() {
        return slots.stream().map(Slot::server).distinct().toList();
    }

    Slot firstOf(Server server) {
        return slots.stream()
                .filter(slot -> slot.server().equals(server))
                .findFirst()
                .orElseThrow();
    }

    /** The last of all. */
    int rounds() {
        return slots.stream().mapToInt(Slot::round).max().orElse(0);
    }

    private static int wanted(BenchCase benchCase, Server server, int runs) {
        return runs > 0 ? runs : benchCase.runsOf(server.name());
    }

    private static boolean isOf(Run run, Slot slot) {
        return run.isValid()
                && run.round() == slot.round()
                && run.server().equals(slot.server().name());
    }
}
