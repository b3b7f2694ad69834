/*
 * One connection publishes, all get each message, the publisher too where the server sends it to the sender. Either a window of
 * messages is in flight, and a message that all have makes room for the next; or messages are sent by a fixed schedule, and
 * latency counts from when the message should have been sent, so that a server that stalls cannot hide it.
 */
#include <string.h>

#include "connection.h"
#include "measure.h"
#include "report.h"

enum { MOST_UNDERWAY = 4096 }; // with a schedule

struct published {
    int64_t since;
    int missing;      // connections that do not have it yet
    uint8_t *payload; // as it must come
};

static struct frames frames;
static struct published *ring; // of the messages under way, by the lowest bits of their numbers
static uint32_t mask;
static uint32_t oldest;    // the first that is under way
static uint32_t published; // the number of the next one
static int readers;        // all that get messages, with the publisher where it does
static int unprobed;
static bool began;
static int64_t due; // of the next message, with a schedule

static struct connection *publisher(struct load *load) { return &load->connections[load->options.connections]; }

static struct published *slot(uint32_t number) { return &ring[number & mask]; }

static void create(struct load *load) {
    uint32_t most = load->options.rate > 0 ? MOST_UNDERWAY : (uint32_t) load->options.window;
    uint32_t slots = 1;
    while (slots < most) {
        slots *= 2;
    }
    mask = slots - 1;
    ring = allocate(slots * sizeof *ring);
    for (uint32_t i = 0; i < slots; i++) {
        ring[i].payload = allocate((size_t) load->options.size);
        message_write(ring[i].payload, (size_t) load->options.size, message_head((struct message_fields){0}));
    }
    frames = load->publishing->frames(load, load->options.rate > 0 ? 1 : load->options.window);
}

// Puts the next message into a frame. It counts from since.
static void prepare(struct load *load, int index, int64_t since) {
    struct message_head head = message_head((struct message_fields){
        .stream = (uint32_t) load->options.connections, .number = published, .time = nanos()});
    struct published *message = slot(published++);
    message->since = since;
    message->missing = readers;
    memcpy(message->payload, &head, MESSAGE_HEAD);
    frames_head(&frames, index, head);
}

static void fill_window(struct load *load) {
    int count = load->options.window - (int) (published - oldest);
    if (count > 0 && load->phase != DRAINING) {
        int64_t now = nanos();
        for (int i = 0; i < count; i++) {
            prepare(load, i, now);
        }
        connection_send(load, publisher(load), frames.bytes, (size_t) count * frames.frame);
    }
}

static int64_t keep_schedule(struct load *load) {
    int64_t now = nanos();
    while (due <= now && published - oldest <= mask) {
        prepare(load, 0, due);
        connection_send(load, publisher(load), frames.bytes, frames.frame);
        due += (int64_t) (1e9 / load->options.rate);
    }
    return due > now ? due : INT64_MAX;
}

static void delivered(uint32_t number) {
    if (--slot(number)->missing == 0) {
        while (oldest != published && slot(oldest)->missing <= 0) {
            oldest++;
        }
    }
}

static uint32_t came;

static void on_message(struct load *load, struct connection *connection, const uint8_t *payload, size_t length) {
    size_t size = (size_t) load->options.size;
    struct published *expected = slot(connection->next);
    if (!began) {
        unprobed -= !connection->probed && connection != publisher(load);
        connection->probed = true;
    } else if (length == size && connection->next != published && memcmp(payload, expected->payload, size) == 0) {
        arrived(load, load->now - expected->since, 1);
        delivered(connection->next++);
        came++;
    } else {
        uint32_t next = judge(load, payload, length, (uint32_t) load->options.connections, connection->next, published);
        while (connection->next != next) {
            delivered(connection->next++);
        }
    }
}

static void on_read(struct load *load, struct connection *connection) {
    (void) connection;
    load->reads += came > 0 && load->phase == MEASURED;
    came = 0;
}

static int64_t tick(struct load *load) {
    if (load->options.rate > 0) {
        return keep_schedule(load);
    }
    fill_window(load);
    return INT64_MAX;
}

/*
 * A connection may be open before the server counts it among its readers. So messages are published that don't count, until
 * each has got one.
 */
static void probe(struct load *load) {
    unprobed = load->options.connections;
    for (int i = 0; unprobed > 0; i++) {
        if (i == 100) {
            fail("%d of %d connections got none of the messages that were published for 10 s.", unprobed,
                 load->options.connections);
        }
        frames_head(&frames, 0, message_head((struct message_fields){.stream = PROBE_STREAM, .number = (uint32_t) i}));
        connection_send(load, publisher(load), frames.bytes, frames.frame);
        for (int64_t end = nanos() + 100000000; nanos() < end;) {
            poll_until(load, end);
        }
    }
    readers = load->options.connections + publisher(load)->probed;
}

static bool all_arrived(struct load *load) {
    (void) load;
    return oldest == published;
}

void fanout(struct load *load) {
    load->on_message = on_message;
    load->on_read = on_read;
    connections_create(load);
    create(load);
    connections_open(load, 0, load->options.connections + 1);
    probe(load);
    began = true;
    due = nanos();
    measure(load, tick);
    if (!drain(load, all_arrived)) {
        for (; oldest != published; oldest++) {
            load->errors += (uint64_t) (slot(oldest)->missing > 0 ? slot(oldest)->missing : 0);
        }
    }
    report(load);
}
