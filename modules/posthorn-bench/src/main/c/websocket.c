// RFC 6455, the client's side.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "websocket.h"

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10, FIN = 0x80, MASKED = 0x80, MAX_HEADER = 14 };

// The example of section 1.3; nothing depends on a key's being random.
static const char KEY[] = "dGhlIHNhbXBsZSBub25jZQ==";
static const char ACCEPT[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};

size_t websocket_frame(uint8_t *frame, int opcode, const void *payload, size_t length) {
    size_t at = 0;
    frame[at++] = (uint8_t) (FIN | opcode);
    if (length < 126) {
        frame[at++] = (uint8_t) (MASKED | length);
    } else if (length < 65536) {
        frame[at++] = MASKED | 126;
        frame[at++] = (uint8_t) (length >> 8);
        frame[at++] = (uint8_t) length;
    } else {
        frame[at++] = MASKED | 127;
        for (int shift = 56; shift >= 0; shift -= 8) {
            frame[at++] = (uint8_t) (length >> shift);
        }
    }
    memcpy(frame + at, MASK, 4);
    at += 4;
    for (size_t i = 0; i < length; i++) {
        frame[at + i] = ((const uint8_t *) payload)[i] ^ MASK[i % 4];
    }
    return at + length;
}

void websocket_send_text(struct load *load, struct connection *connection, const char *text) {
    uint8_t frame[512];
    connection_send(load, connection, frame, websocket_frame(frame, TEXT, text, strlen(text)));
}

struct frames websocket_frames(const char *prefix, const char *suffix, const struct load *load, int count) {
    size_t size = (size_t) load->options.size;
    size_t text = strlen(prefix) + size + strlen(suffix);
    uint8_t *payload = allocate(text);
    struct frames frames = {.bytes = allocate((size_t) count * (text + MAX_HEADER))};
    memcpy(payload, prefix, strlen(prefix));
    message_write(payload + strlen(prefix), size, message_head((struct message_fields){0}));
    memcpy(payload + strlen(prefix) + size, suffix, strlen(suffix));
    for (int i = 0; i < count; i++) {
        frames.frame = websocket_frame(frames.bytes + (size_t) i * frames.frame, TEXT, payload, text);
    }
    free(payload);
    frames.offset = frames.frame - text + strlen(prefix);
    for (size_t i = 0; i < 8; i++) {
        ((uint8_t *) &frames.mask)[i] = MASK[(strlen(prefix) + i) % 4];
    }
    return frames;
}

void websocket_hello(struct load *load, struct connection *connection, const char *path) {
    char request[1024];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n\r\n",
                          path, load->options.host, load->options.port, KEY);
    connection_send(load, connection, request, (size_t) length);
}

// The bytes of the answer to the upgrade, 0 as long as it is not whole.
static size_t upgraded(struct connection *connection, const uint8_t *bytes, size_t length) {
    const uint8_t *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (end == NULL) {
        return 0;
    }
    size_t head = (size_t) (end - bytes) + 4;
    if (head < 12 || memcmp(bytes, "HTTP/1.1 101", 12) != 0) {
        fail("The server answered the upgrade of connection %d with \"%.*s\".", connection->index,
             (int) strcspn((const char *) bytes, "\r\n"), (const char *) bytes);
    }
    if (memmem(bytes, head, ACCEPT, sizeof ACCEPT - 1) == NULL) {
        fail("The server answered the upgrade of connection %d without the right Sec-WebSocket-Accept.", connection->index);
    }
    return head;
}

static void control(struct load *load, struct connection *connection, int opcode, const uint8_t *payload, size_t length) {
    uint8_t frame[MAX_HEADER + 125];
    if (opcode == CLOSE) {
        int code = length >= 2 ? payload[0] << 8 | payload[1] : 1005;
        fail("The server closed connection %d with code %d.", connection->index, code);
    } else if (opcode == PING && length <= 125) {
        connection_send(load, connection, frame, websocket_frame(frame, PONG, payload, length));
    } else if (opcode != PONG) {
        fail("Connection %d got a frame of opcode %d, which this client does not take.", connection->index, opcode);
    }
}

// The bytes before the payload, whose length it finds; 0 as long as they are not whole.
static size_t header(const uint8_t *bytes, size_t length, size_t *payload) {
    size_t size = length < 2 || (bytes[1] & 0x7f) < 126 ? 2 : (bytes[1] & 0x7f) == 126 ? 4 : 10;
    if (length < size) {
        return 0;
    }
    *payload = bytes[1] & 0x7f;
    if (size > 2) {
        *payload = 0;
        for (size_t i = 2; i < size; i++) {
            *payload = *payload << 8 | bytes[i];
        }
    }
    return size;
}

size_t websocket_received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length,
                          websocket_text *on_text) {
    size_t at = 0;
    if (connection->state == ANSWERING) {
        at = upgraded(connection, bytes, length);
        if (at == 0) {
            return 0;
        }
        connection->state = GREETING;
        on_text(load, connection, NULL, 0);
    }
    while (at < length) {
        size_t payload;
        size_t head = header(bytes + at, length - at, &payload);
        if (head == 0 || payload > length - at - head) {
            break;
        }
        if (bytes[at] == (FIN | TEXT) && (bytes[at + 1] & MASKED) == 0) {
            on_text(load, connection, bytes + at + head, payload);
        } else {
            if ((bytes[at] & FIN) == 0 || (bytes[at + 1] & MASKED) != 0) {
                fail("Connection %d got a fragment or a masked frame, which this client does not take.", connection->index);
            }
            control(load, connection, bytes[at] & 0x7f, bytes + at + head, payload);
        }
        at += head + payload;
    }
    return at;
}

static void hello(struct load *load, struct connection *connection) {
    websocket_hello(load, connection, load->options.path);
}

static void text(struct load *load, struct connection *connection, const uint8_t *text, size_t length) {
    if (text == NULL) {
        connection_opened(load, connection);
    } else {
        load->on_message(load, connection, text, length);
    }
}

static size_t received(struct load *load, struct connection *connection, uint8_t *bytes, size_t length) {
    return websocket_received(load, connection, bytes, length, text);
}

static struct frames frames(const struct load *load, int count) { return websocket_frames("", "", load, count); }

const struct protocol WEBSOCKET = {.name = "websocket", .hello = hello, .received = received, .frames = frames};
