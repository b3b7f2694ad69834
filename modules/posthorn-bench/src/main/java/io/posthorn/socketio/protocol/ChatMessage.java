package io.posthorn.socketio.protocol;

/**
 * What an application would make of an event's argument.
 *
 * @param time milliseconds since 1970
 */
public record ChatMessage(String room, String user, String text, long time) {
    static ChatMessage saying(String text) {
        return new ChatMessage("lobby", "Ada", text, 1_790_000_000_000L);
    }
}
