/*
 * What all parts share: the run's state, its connections, and what a protocol and a case are. One thread does everything.
 */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "histogram.h"
#include "message.h"
#include "options.h"
#include "process.h"

struct load;

enum state {
    CLOSED,
    CONNECTING, // TCP's handshake
    ANSWERING,  // the answer to the first request is to come
    GREETING,   // Socket.IO: what comes between the upgrade and the namespace
    OPEN
};

struct bytes {
    uint8_t *at;
    size_t length;
    size_t capacity;
};

struct connection {
    int fd;
    int index;
    enum state state;
    uint32_t next; // the number of the message that must come next
    uint32_t end;  // echo: the number behind the last one sent
    bool probed;   // fanout: a message has come
    struct bytes unread; // the beginning of a message, whose rest is to come
    struct bytes unsent; // what the socket did not take
    int64_t since;       // the connection's beginning; echo: when its messages in flight were sent
    struct message_head expected; // echo: of the next message
    void *exchange;               // what a protocol over HTTP keeps
};

struct protocol {
    const char *name;
    // Asks for what the connection is to be. Called when TCP's connection is there.
    void (*hello)(struct load *load, struct connection *connection);
    // Takes whole messages from the front of what was read, and says how many bytes those were.
    size_t (*received)(struct load *load, struct connection *connection, uint8_t *bytes, size_t length);
    // What one sender sends together: count messages with padded payloads. They are sent by the connection that publishes, if
    // the case is fanout.
    struct frames (*frames)(const struct load *load, int count);
};

enum phase { WARMUP, MEASURED, DRAINING };

struct load {
    struct options options;
    const struct protocol *protocol;
    const struct protocol *publishing; // of the connection behind the last one, if the case has a publisher
    bool echoing;                      // the case is echo
    int epoll;
    struct connection *connections; // one more than there are readers: the publisher
    int opened;
    int underway;
    bool many_sources; // connect from several addresses, for the ports of one don't suffice
    uint8_t *buffer;   // of what is being read
    int64_t now;       // when the latest bytes were read

    // The case's part; what it does not need is NULL. Payloads come as they are, right or wrong.
    void (*on_open)(struct load *load, struct connection *connection);
    void (*on_message)(struct load *load, struct connection *connection, const uint8_t *payload, size_t length);
    void (*on_read)(struct load *load, struct connection *connection); // behind the messages of one read, if it is open

    enum phase phase;
    uint64_t messages; // those that are measured, like the two below
    uint64_t reads;
    struct histogram latencies;
    uint64_t errors; // of all phases
    struct cpu_time from;
    struct cpu_time spent;
    int64_t resident;
};

extern const struct protocol WEBSOCKET;
extern const struct protocol SOCKETIO;
extern const struct protocol EVENTSOURCE;
extern const struct protocol LONGPOLL;
extern const struct protocol POST; // only publishes

// The cases; each runs to its end and has said its result on stdout.
void echo(struct load *load);
void fanout(struct load *load);
void handshake(struct load *load);
void idle(struct load *load);

#endif
