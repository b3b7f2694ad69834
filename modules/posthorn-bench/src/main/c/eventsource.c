// An EventSource: one GET, whose answer goes on for ever.
#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "http.h"

struct stream {
    bool chunked;
    struct http_chunks chunks;
    struct bytes event; // the beginning of an event, whose rest is to come
};

static void hello(struct load *load, struct connection *connection) {
    char request[1024];
    if (connection->exchange == NULL) {
        connection->exchange = allocate(sizeof(struct stream));
    }
    struct stream *stream = connection->exchange;
    stream->chunks = (struct http_chunks){0};
    stream->event.length = 0;
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nAccept: text/event-stream\r\n\r\n",
                          load->options.path, load->options.host, load->options.port);
    connection_send(load, connection, request, (size_t) length);
}

static size_t answered(struct load *load, struct connection *connection, const uint8_t *bytes, size_t length) {
    static const char TYPE[] = "text/event-stream";
    struct http_answer answer;
    if (!http_answer_read(connection, bytes, length, &answer)) {
        return 0;
    }
    if (answer.status != 200 || answer.type.length < sizeof TYPE - 1 || memcmp(answer.type.at, TYPE, sizeof TYPE - 1) != 0) {
        fail("The server answered connection %d with %d and no event stream.", connection->index, answer.status);
    }
    ((struct stream *) connection->exchange)->chunked = answer.chunked;
    connection_opened(load, connection);
    return answer.head;
}

// The value of a line "field: value" or "field:value".
static bool field(const uint8_t *line, size_t length, const char *name, struct http_text *value) {
    size_t head = strlen(name);
    if (length < head || memcmp(line, name, head) != 0) {
        return false;
    }
    head += length > head && line[head] == ' ';
    *value = (struct http_text){.at = line + head, .length = length - head};
    return true;
}

// Takes the first event, and says 0 as long as it is not whole.
static size_t event(struct load *load, struct connection *connection, const uint8_t *bytes, size_t length) {
    struct http_text data = {0};
    size_t at = 0;
    while (at < length) {
        const uint8_t *line = bytes + at;
        const uint8_t *end = memchr(line, '\n', length - at);
        if (end == NULL) {
            return 0;
        }
        size_t text = (size_t) (end - line);
        at += text + 1;
        text -= text > 0 && line[text - 1] == '\r';
        if (text == 0) {
            if (data.at != NULL) {
                load->on_message(load, connection, data.at, data.length);
            }
            return at;
        }
        field(line, text, "data:", &data);
    }
    return 0;
}

static size_t events(struct load *load, struct connection *connection, const uint8_t *bytes, size_t length) {
    size_t at = 0;
    size_t taken;
    while ((taken = event(load, connection, bytes + at, length - at)) > 0) {
        at += taken;
    }
    return at;
}

// Data of the stream, cut anywhere.
static void data(struct load *load, struct connection *connection, const uint8_t *bytes, size_t length) {
    struct bytes *rest = &((struct stream *) connection->exchange)->event;
    if (rest->length == 0) {
        size_t taken = events(load, connection, bytes, length);
        bytes_append(rest, bytes + taken, length - taken);
        return;
    }
    bytes_append(rest, bytes, length);
    size_t taken = events(load, connection, rest->at, rest->length);
    rest->length -= taken;
    memmove(rest->at, rest->at + taken, rest->length);
}

static size_t received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length) {
    struct stream *stream = connection->exchange;
    size_t at = 0;
    if (connection->state == ANSWERING) {
        at = answered(load, connection, bytes, length);
        if (at == 0) {
            return 0;
        }
    }
    while (at < length && stream->chunked) {
        struct http_text piece;
        size_t taken = http_chunk(connection, &stream->chunks, bytes + at, length - at, &piece);
        if (taken == 0) {
            return at;
        }
        if (piece.length > 0) {
            data(load, connection, piece.at, piece.length);
        }
        at += taken;
    }
    if (at < length) {
        data(load, connection, bytes + at, length - at);
    }
    return length;
}

const struct protocol EVENTSOURCE = {.name = "eventsource", .hello = hello, .received = received};
