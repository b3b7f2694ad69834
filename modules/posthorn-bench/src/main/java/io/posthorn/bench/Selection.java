package io.posthorn.bench;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was chosen to be measured, in the order of the tables. */
record Selection(List<BenchCase> cases, List<Server> servers) {
    private static final Set<String> QUICK_SERVERS =
            Set.of(Servers.POSTHORN, Servers.NETTY, Servers.NETTY_ONCE, Servers.NETTY_SOCKETIO);

    /**
     * By names; no names choose all, or the few of the quick run.
     *
     * @throws BenchException for a name that there is not
     */
    static Selection of(List<String> cases, List<String> servers, boolean quick) {
        List<Server> unnamed = quick
                ? Servers.ALL.stream()
                        .filter(server -> QUICK_SERVERS.contains(server.name()))
                        .toList()
                : Servers.ALL;
        return new Selection(
                cases.isEmpty() ? Cases.ALL : named(cases, Cases.ALL, BenchCase::name, "case"),
                servers.isEmpty() ? unnamed : named(servers, Servers.ALL, Server::name, "server"));
    }

    /** The servers that take part in a case. */
    List<Server> in(BenchCase benchCase) {
        return benchCase.servers().stream()
                .flatMap(name -> servers.stream().filter(server -> server.name().equals(name)))
                .toList();
    }

    /** Those that take part in any of the cases. */
    List<Server> needed() {
        return servers.stream()
                .filter(server -> cases.stream().anyMatch(each -> each.servers().contains(server.name())))
                .toList();
    }

    private static <T> List<T> named(List<String> names, List<T> all, Function<T, String> name, String kind) {
        Set<String> known = all.stream().map(name).collect(Collectors.toSet());
        for (String each : names) {
            if (!known.contains(each)) {
                throw new BenchException("There is no " + kind + " " + each + "; --list names those that there are.");
            }
        }
        return all.stream().filter(each -> names.contains(name.apply(each))).toList();
    }
}
