package io.posthorn.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server that takes part.
 *
 * @param title for readers
 * @param part what {@code ./bench} has to build or to install for it
 * @param command what starts it; {@code {port}} and other {@linkplain Places#fill places} are filled in
 * @param jvmFlags beyond those that every JVM gets
 * @param paths the request targets that differ from those of the profile {@code bench}
 */
record Server(
        String name,
        String title,
        Part part,
        Platform platform,
        List<String> command,
        List<String> jvmFlags,
        Set<Protocol> protocols,
        Map<Protocol, String> paths) {

    boolean speaks(Protocol protocol) {
        return protocols.contains(protocol);
    }

    /** On another platform, by another name. */
    Server on(Platform other, String itsName, String itsTitle, String... flags) {
        return new Server(itsName, itsTitle, part, other, command, List.of(flags), protocols, paths);
    }
}
