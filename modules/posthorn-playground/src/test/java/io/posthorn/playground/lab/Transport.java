package io.posthorn.playground.lab;

import java.io.IOException;

/** How a bare client reads a clock over each transport, and what the messages look like there. */
enum Transport {
    SHORT_POLLING("short-polling", "&envelope=json", "\"id\":\"([A-Za-z0-9]+-\\d+)\",\"data\":\"(\\d+) "),
    LONG_POLLING("long-polling", "&envelope=json&wait=25", "\"id\":\"([A-Za-z0-9]+-\\d+)\",\"data\":\"(\\d+) "),
    IFRAME("iframe", "&callback=lab.tell", " parent\\.lab\\.tell\\(\"(?=.*\"id\":\"([A-Za-z0-9]+-\\d+)\")(\\d+) "),
    EVENT_SOURCE("event-source", "", "id: ?([A-Za-z0-9]+-\\d+)\ndata: ?(\\d+) "),
    WEBSOCKET("websocket", "", "\"id\":\"([A-Za-z0-9]+-\\d+)\",\"data\":\"(\\d+) ");

    private final String reader;
    private final String query;
    private final String message;

    Transport(String reader, String query, String message) {
        this.reader = reader;
        this.query = query;
        this.message = message;
    }

    /** The name of the reader whose transport it is. */
    String reader() {
        return reader;
    }

    /** Matches a message: the first group is its id, the second its number. */
    String message() {
        return message;
    }

    boolean polls() {
        return this == SHORT_POLLING || this == LONG_POLLING;
    }

    /** Asks for the clock; for a poll one request. */
    void read(RawReader client, LabPage page, String more) throws IOException {
        String target = page.reads(reader) + query + more;
        switch (this) {
            case SHORT_POLLING, LONG_POLLING -> client.get(target);
            case IFRAME -> client.get(target, "Sec-Fetch-Dest: iframe");
            case EVENT_SOURCE -> client.get(target, "Accept: text/event-stream");
            case WEBSOCKET ->
                client.get(
                        target,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Protocol: posthorn.feed",
                        "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==");
        }
    }
}
