/*
 * Long polling: a GET, whose answer is one message, and the next GET at once. What identifies the message goes back as what the
 * client has already got: ETag as If-None-Match, Last-Modified as If-Modified-Since.
 */
#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "http.h"

enum { VALIDATOR = 200 };

struct poll {
    size_t length; // of the header lines that say what the client has got
    char got[2 * VALIDATOR + 64];
};

static char request[1024 + sizeof(struct poll)];
static size_t request_head;

static void ask(struct load *load, struct connection *connection) {
    const struct poll *poll = connection->exchange;
    if (request_head == 0) {
        request_head = (size_t) snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s:%d\r\n", load->options.path,
                                         load->options.host, load->options.port);
    }
    memcpy(request + request_head, poll->got, poll->length);
    memcpy(request + request_head + poll->length, "\r\n", 2);
    connection_send(load, connection, request, request_head + poll->length + 2);
}

static void hello(struct load *load, struct connection *connection) {
    if (connection->exchange == NULL) {
        connection->exchange = allocate(sizeof(struct poll));
    }
    ((struct poll *) connection->exchange)->length = 0;
    ask(load, connection);
    connection_opened(load, connection);
}

static void add(struct poll *poll, const char *name, struct http_text value) {
    if (value.length == 0 || value.length > VALIDATOR) {
        return;
    }
    size_t length = strlen(name);
    memcpy(poll->got + poll->length, name, length);
    memcpy(poll->got + poll->length + length, value.at, value.length);
    poll->length += length + value.length;
    memcpy(poll->got + poll->length, "\r\n", 2);
    poll->length += 2;
}

static void got(struct poll *poll, const struct http_answer *answer) {
    if (answer->tag.length > 0 || answer->modified.length > 0) {
        poll->length = 0;
        add(poll, "If-None-Match: ", answer->tag);
        add(poll, "If-Modified-Since: ", answer->modified);
    }
}

static size_t received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length) {
    struct http_answer answer;
    if (!http_answer_read(connection, bytes, length, &answer)) {
        return 0;
    }
    if (answer.length < 0) {
        fail("Connection %d got an answer of status %d without a Content-Length.", connection->index, answer.status);
    }
    size_t whole = answer.head + (size_t) answer.length;
    if (length < whole) {
        return 0;
    }
    // 408 is Nchan's, 204 and 304 others' "nothing yet".
    if (answer.status == 200) {
        got(connection->exchange, &answer);
        load->on_message(load, connection, bytes + answer.head, (size_t) answer.length);
    } else if (answer.status != 204 && answer.status != 304 && answer.status != 408) {
        fail("The server answered a poll of connection %d with %d.", connection->index, answer.status);
    }
    ask(load, connection);
    return whole;
}

const struct protocol LONGPOLL = {.name = "longpoll", .hello = hello, .received = received};
