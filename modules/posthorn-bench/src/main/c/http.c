#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is(const uint8_t *line, size_t name, const char *wanted) {
    return name == strlen(wanted) && strncasecmp((const char *) line, wanted, name) == 0;
}

static void header(struct http_answer *answer, const uint8_t *line, size_t length) {
    const uint8_t *colon = memchr(line, ':', length);
    if (colon == NULL) {
        return;
    }
    size_t name = (size_t) (colon - line);
    struct http_text value = {.at = colon + 1, .length = length - name - 1};
    while (value.length > 0 && *value.at == ' ') {
        value.at++;
        value.length--;
    }
    if (is(line, name, "content-length")) {
        answer->length = strtoll((const char *) value.at, NULL, 10);
    } else if (is(line, name, "transfer-encoding")) {
        answer->chunked = true;
    } else if (is(line, name, "content-type")) {
        answer->type = value;
    } else if (is(line, name, "etag")) {
        answer->tag = value;
    } else if (is(line, name, "last-modified")) {
        answer->modified = value;
    }
}

bool http_answer_read(const struct connection *connection, const uint8_t *bytes, size_t length, struct http_answer *answer) {
    const uint8_t *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (end == NULL) {
        return false;
    }
    *answer = (struct http_answer){.head = (size_t) (end - bytes) + 4, .length = -1};
    if (answer->head < 16 || memcmp(bytes, "HTTP/1.1 ", 9) != 0) {
        fail("Connection %d got an answer that is not HTTP/1.1.", connection->index);
    }
    answer->status = atoi((const char *) bytes + 9);
    if (answer->status == 204 || answer->status == 304) {
        answer->length = 0;
    }
    const uint8_t *line = bytes;
    while (line < end) {
        line = (const uint8_t *) memchr(line, '\n', (size_t) (end + 2 - line)) + 1;
        if (line < end) {
            const uint8_t *stop = memchr(line, '\r', (size_t) (end + 1 - line));
            header(answer, line, (size_t) (stop - line));
        }
    }
    return true;
}

static size_t chunk_size(const struct connection *connection, struct http_chunks *chunks, const uint8_t *bytes, size_t length) {
    const uint8_t *end = memchr(bytes, '\n', length);
    if (end == NULL) {
        return 0;
    }
    char *digits;
    chunks->left = strtoul((const char *) bytes, &digits, 16);
    if (digits == (const char *) bytes) {
        fail("Connection %d got a chunk without a size.", connection->index);
    }
    if (chunks->left == 0) {
        fail("The server ended the stream of connection %d.", connection->index);
    }
    return (size_t) (end - bytes) + 1;
}

size_t http_chunk(const struct connection *connection, struct http_chunks *chunks, const uint8_t *bytes, size_t length,
                  struct http_text *piece) {
    *piece = (struct http_text){0};
    if (chunks->behind) {
        chunks->behind = length < 2;
        return length < 2 ? 0 : 2;
    }
    if (chunks->left == 0) {
        return chunk_size(connection, chunks, bytes, length);
    }
    size_t taken = length < chunks->left ? length : chunks->left;
    *piece = (struct http_text){.at = bytes, .length = taken};
    chunks->left -= taken;
    chunks->behind = chunks->left == 0;
    return taken;
}
