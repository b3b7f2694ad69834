package io.posthorn.bench;

/** What the load generator speaks, by its own names. */
enum Protocol {
    WEBSOCKET("websocket", "WebSocket"),
    SOCKETIO("socketio", "Socket.IO"),
    EVENTSOURCE("eventsource", "EventSource"),
    LONGPOLL("longpoll", "long polling");

    private final String option;
    private final String title;

    Protocol(String option, String title) {
        this.option = option;
        this.title = title;
    }

    String option() {
        return option;
    }

    String title() {
        return title;
    }
}
