// Sockets: opening them, reading and writing, and the loop that does so.
#ifndef CONNECTION_H
#define CONNECTION_H

#include "load.h"

enum { BUFFER = 1 << 18 };

// Makes room for the connections, all closed.
void connections_create(struct load *load);

// Opens those from one to before the other, a limited number at a time, and comes back when all are open.
void connections_open(struct load *load, int from, int to);

// A protocol calls it when everything is said that comes before messages.
void connection_opened(struct load *load, struct connection *connection);

void connection_send(struct load *load, struct connection *connection, const void *bytes, size_t length);

void connection_close(struct connection *connection);

const struct protocol *protocol_of(const struct load *load, const struct connection *connection);

// Waits until something has come, or until the time, and does what there is to do.
void poll_until(struct load *load, int64_t time);

// Zeroed.
void *allocate(size_t bytes);

void bytes_append(struct bytes *bytes, const uint8_t *from, size_t length);

#endif
