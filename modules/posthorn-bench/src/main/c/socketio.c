// Socket.IO 5 over Engine.IO 4 over WebSocket from the start, in the main namespace.
#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "websocket.h"

// A socket that has joined its room says so to itself: what it emits next is handled behind the join.
static const char JOINED[] = "42[\"echo\",\"joined\"]";
static const char ECHO[] = "42[\"echo\",\"";
static const char MESSAGE[] = "42[\"message\",\"";
static const char END[] = "\"]";

static bool begins(const uint8_t *text, size_t length, const char *prefix) {
    return length >= strlen(prefix) && memcmp(text, prefix, strlen(prefix)) == 0;
}

static bool joins(const struct load *load, const struct connection *connection) {
    return load->options.room != NULL && protocol_of(load, connection) == load->protocol
        && connection->index < load->options.connections;
}

static void connected(struct load *load, struct connection *connection) {
    char join[256];
    if (!joins(load, connection)) {
        connection_opened(load, connection);
        return;
    }
    snprintf(join, sizeof join, "42[\"join\",\"%s\"]", load->options.room);
    websocket_send_text(load, connection, join);
    websocket_send_text(load, connection, JOINED);
}

static void greeting(struct load *load, struct connection *connection, const uint8_t *text, size_t length) {
    if (text == NULL) {
        return;
    }
    if (begins(text, length, "0{")) {
        websocket_send_text(load, connection, "40");
    } else if (begins(text, length, "40")) {
        connected(load, connection);
    } else if (begins(text, length, JOINED)) {
        connection_opened(load, connection);
    } else if (!begins(text, length, "42[")) {
        fail("Connection %d got \"%.*s\" instead of being connected.", connection->index, length < 100 ? (int) length : 100,
             (const char *) text);
    }
}

// What is no message of the kind that is expected.
static void other(struct load *load, struct connection *connection, const uint8_t *text, size_t length) {
    if (begins(text, length, "2")) {
        websocket_send_text(load, connection, "3");
    } else if (begins(text, length, "42")) {
        load->on_message(load, connection, text, length);
    } else {
        fail("Connection %d got \"%.*s\".", connection->index, length < 100 ? (int) length : 100, (const char *) text);
    }
}

static void on_text(struct load *load, struct connection *connection, const uint8_t *text, size_t length) {
    if (connection->state != OPEN) {
        greeting(load, connection, text, length);
        return;
    }
    const char *prefix = load->echoing ? ECHO : MESSAGE;
    size_t head = load->echoing ? sizeof ECHO - 1 : sizeof MESSAGE - 1;
    size_t tail = sizeof END - 1;
    if (length >= head + tail && memcmp(text, prefix, head) == 0 && memcmp(text + length - tail, END, tail) == 0) {
        load->on_message(load, connection, text + head, length - head - tail);
    } else {
        other(load, connection, text, length);
    }
}

static size_t received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length) {
    return websocket_received(load, connection, bytes, length, on_text);
}

static void hello(struct load *load, struct connection *connection) {
    char path[640];
    snprintf(path, sizeof path, "%s?EIO=4&transport=websocket", load->options.path);
    websocket_hello(load, connection, path);
}

static struct frames frames(const struct load *load, int count) {
    char prefix[256] = "42[\"publish\",\"";
    if (load->echoing) {
        return websocket_frames(ECHO, END, load, count);
    }
    if (load->options.room != NULL) {
        snprintf(prefix, sizeof prefix, "42[\"publish-to\",\"%s\",\"", load->options.room);
    }
    return websocket_frames(prefix, END, load, count);
}

const struct protocol SOCKETIO = {.name = "socketio", .hello = hello, .received = received, .frames = frames};
