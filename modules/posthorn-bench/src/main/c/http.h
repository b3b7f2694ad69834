// RFC 9112 as far as a client needs it that knows its servers.
#ifndef HTTP_H
#define HTTP_H

#include "load.h"

struct http_text {
    const uint8_t *at;
    size_t length;
};

struct http_answer {
    int status;
    size_t head;     // bytes up to the body
    int64_t length;  // of the body; -1 when it is not said
    bool chunked;
    struct http_text type; // Content-Type
    struct http_text tag;
    struct http_text modified;
};

// Says false as long as the answer's head is not whole.
bool http_answer_read(const struct connection *connection, const uint8_t *bytes, size_t length, struct http_answer *answer);

// Where a body in chunks has been read to.
struct http_chunks {
    size_t left;    // of this chunk's data
    bool behind;    // the chunk's data has been read, but not the line's end behind it
};

// Takes bytes, and finds the piece of data among them, if there is one. Says 0 when more bytes are needed.
size_t http_chunk(const struct connection *connection, struct http_chunks *chunks, const uint8_t *bytes, size_t length,
                  struct http_text *piece);

#endif
