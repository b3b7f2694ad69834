package io.posthorn.socketio.adapter;

import io.posthorn.transport.Message;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Who is in which room of one namespace, and the way to all of them: on this server, and, where an adapter carries it
 * there, on the others of a cluster. All methods are for all threads and return at once; what one thread calls happens
 * in its order.
 */
public interface Adapter extends AutoCloseable {
    /**
     * Adds a member to rooms, and to everybody where it is not yet among them. Nothing happens where it has gone.
     *
     * @param rooms perhaps none; its own is its anyway
     */
    void add(Member member, Set<String> rooms);

    /** Takes a member out of a room; nothing happens where it is not in it, and it never leaves its own. */
    void remove(Member member, String room);

    /** Takes a member out of all rooms, and of everybody. */
    void removeAll(Member member);

    /** Adds all members of an audience to rooms. */
    void addAll(Audience audience, Set<String> rooms);

    /** Takes all members of an audience out of rooms. */
    void removeAll(Audience audience, Set<String> rooms);

    /** Delivers a message to each member of an audience, once. */
    void broadcast(Message message, Audience audience);

    /**
     * Calls an action for each member of an audience that is on this server, once, on the member's loop. The action may
     * do what it likes with the member, and sees to what it throws itself.
     *
     * @return how many there were, once it was called for all of them
     */
    CompletionStage<Integer> visit(Audience audience, Consumer<Member> action);

    /** The ids of an audience's members. */
    CompletionStage<Set<String>> members(Audience audience);

    /** The names of all rooms that anybody is in; those that are a member's own are not among them. */
    CompletionStage<Set<String>> rooms();

    /** How many servers there are, this one included. */
    CompletionStage<Integer> serverCount();

    /** Forgets all members and rooms; whatever comes then does nothing. */
    @Override
    void close();
}
