// What a protocol on top of WebSocket uses of it.
#ifndef WEBSOCKET_H
#define WEBSOCKET_H

#include "load.h"

// Called with each text, and once with NULL when the upgrade is done.
typedef void websocket_text(struct load *load, struct connection *connection, const uint8_t *text, size_t length);

void websocket_hello(struct load *load, struct connection *connection, const char *path);

size_t websocket_received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length,
                          websocket_text *on_text);

// Writes one masked frame and says how long it is.
size_t websocket_frame(uint8_t *frame, int opcode, const void *payload, size_t length);

void websocket_send_text(struct load *load, struct connection *connection, const char *text);

// One frame for each message, whose text is the payload between prefix and suffix.
struct frames websocket_frames(const char *prefix, const char *suffix, const struct load *load, int count);

#endif
