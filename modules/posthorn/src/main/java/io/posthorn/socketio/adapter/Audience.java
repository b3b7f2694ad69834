package io.posthorn.socketio.adapter;

import io.posthorn.transport.Outbox.Delivery;

import java.util.HashSet;
import java.util.Set;

/**
 * Who shall get a message: the members of some rooms, or everybody, but for those in some others. Immutable.
 *
 * @param rooms who is in any of them is meant, once; none of them means everybody. A member's id is the name of a room
 * @param except who is in any of them is not meant
 * @param isLocal whether only members on this server are meant
 * @param delivery how much the message may suffer on its way
 */
public record Audience(Set<String> rooms, Set<String> except, boolean isLocal, Delivery delivery) {
    private static final Audience EVERYBODY = new Audience(Set.of(), Set.of(), false, Delivery.DROPPABLE);

    /** Takes copies of the sets. */
    public Audience {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Everybody, on all servers. */
    public static Audience everybody() {
        return EVERYBODY;
    }

    /** Also those in a room; the first one narrows everybody down to it. */
    public Audience to(String room) {
        return new Audience(plus(rooms, room), except, isLocal, delivery);
    }

    /** Not those in a room. */
    public Audience except(String room) {
        return new Audience(rooms, plus(except, room), isLocal, delivery);
    }

    /** Only those on this server. */
    public Audience local() {
        return new Audience(rooms, except, true, delivery);
    }

    /** The same members, who get it in another way. */
    public Audience by(Delivery other) {
        return new Audience(rooms, except, isLocal, other);
    }

    private static Set<String> plus(Set<String> names, String name) {
        if (names.isEmpty()) {
            return Set.of(name);
        }
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return more;
    }
}
