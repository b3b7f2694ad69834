/*
 * The payload of a message, printable ASCII, so that no server has anything to escape:
 *
 *   0000002a 00000007 0000a1b2c3d4e5f6 abcdefghij...
 *   stream   number   time             padding
 *
 * (without the blanks). The stream is the connection that sent it, the number counts up by one within the stream, the time is
 * that of sending in nanoseconds. All three are hexadecimal, hence of a fixed width, and can be exchanged in place.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_HEAD = 32, MESSAGE_MAX = 100000 };

// The stream of messages that only try whether a connection gets any.
#define PROBE_STREAM UINT32_MAX

// The head as it stands in a payload.
struct message_head {
    uint64_t stream;
    uint64_t number;
    uint64_t time[2];
};

struct message_fields {
    uint32_t stream;
    uint32_t number;
    int64_t time;
};

// Eight hexadecimal digits, the most significant one first in memory.
uint64_t hexadecimal(uint32_t value);

struct message_head message_head(struct message_fields fields);

// Writes size bytes.
void message_write(uint8_t *payload, size_t size, struct message_head head);

bool message_is(const uint8_t *payload, size_t size, const struct message_head *head);

// Says false when it is none of our messages, whole and unharmed.
bool message_read(const uint8_t *payload, size_t size, struct message_fields *fields);

/*
 * Messages of one sender as they stand on the wire, one behind the other, each in a frame of its own, ready but for the heads
 * of the payloads. A mask lies over frames for a WebSocket; it is zero for everything else.
 */
struct frames {
    uint8_t *bytes;
    size_t frame;  // bytes of one
    size_t offset; // of the payload in a frame
    uint64_t mask; // over the head of a payload: RFC 6455 5.3's key, turned to the payload's offset and taken twice
};

void frames_head(struct frames *frames, int index, struct message_head head);

#endif
