// The publisher over HTTP: POST after POST on one connection, without waiting for the answers, which must all be of success.
#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "http.h"

static void hello(struct load *load, struct connection *connection) { connection_opened(load, connection); }

static size_t received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length) {
    (void) load;
    size_t at = 0;
    struct http_answer answer;
    while (http_answer_read(connection, bytes + at, length - at, &answer)) {
        if (answer.status / 100 != 2) {
            fail("The server answered a POST with %d.", answer.status);
        }
        if (answer.length < 0) {
            fail("The server answered a POST without a Content-Length.");
        }
        size_t whole = answer.head + (size_t) answer.length;
        if (length - at < whole) {
            break;
        }
        at += whole;
    }
    return at;
}

static struct frames frames(const struct load *load, int count) {
    char head[1024];
    const struct options *options = &load->options;
    size_t size = (size_t) options->size;
    size_t length = (size_t) snprintf(head, sizeof head,
                                      "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n",
                                      options->post_path == NULL ? options->path : options->post_path, options->host,
                                      options->port, options->size);
    struct frames frames = {.bytes = allocate((size_t) count * (length + size)), .frame = length + size, .offset = length};
    for (int i = 0; i < count; i++) {
        uint8_t *frame = frames.bytes + (size_t) i * frames.frame;
        memcpy(frame, head, length);
        message_write(frame + length, size, message_head((struct message_fields){0}));
    }
    return frames;
}

const struct protocol POST = {.name = "post", .hello = hello, .received = received, .frames = frames};
