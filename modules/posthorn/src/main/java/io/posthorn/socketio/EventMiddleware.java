package io.posthorn.socketio;

/** Stands between the events of one socket and their handlers. As {@link EventHandler}. */
@FunctionalInterface
public interface EventMiddleware {
    /**
     * Decides about one event. Where neither method of {@code next} is ever called, the event is dropped in silence.
     *
     * @param next goes on or refuses, now or later, from any thread; an event that goes on later has lost its place in the
     *     order
     * @throws Exception anything; it is given to {@link Socket#onError}, and the event is dropped
     */
    void handle(Event event, Next next) throws Exception;
}
