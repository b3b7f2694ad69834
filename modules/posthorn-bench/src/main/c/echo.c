/*
 * Every connection sends a batch of messages by one write, waits until all have come back, and sends the next batch. A
 * message's latency counts from its batch's write.
 */
#include "connection.h"
#include "measure.h"
#include "report.h"

static struct frames frames;

static void send_batch(struct load *load, struct connection *connection) {
    uint32_t depth = (uint32_t) load->options.depth;
    struct message_head head = message_head(
        (struct message_fields){.stream = (uint32_t) connection->index, .time = connection->since = nanos()});
    for (uint32_t i = 0; i < depth; i++) {
        head.number = hexadecimal(connection->end + i);
        frames_head(&frames, (int) i, head);
    }
    head.number = hexadecimal(connection->next);
    connection->expected = head;
    connection->end += depth;
    connection_send(load, connection, frames.bytes, depth * frames.frame);
}

static uint32_t came; // messages of this read, the right ones

static void on_message(struct load *load, struct connection *connection, const uint8_t *payload, size_t length) {
    size_t size = (size_t) load->options.size;
    if (length == size && connection->next != connection->end && message_is(payload, size, &connection->expected)) {
        connection->next++;
        came++;
    } else {
        connection->next = judge(load, payload, length, (uint32_t) connection->index, connection->next, connection->end);
    }
    connection->expected.number = hexadecimal(connection->next);
}

static void on_read(struct load *load, struct connection *connection) {
    if (came > 0) {
        arrived(load, load->now - connection->since, came);
        came = 0;
        load->reads += load->phase == MEASURED;
    }
    if (connection->next == connection->end && connection->end > 0 && load->phase != DRAINING) {
        send_batch(load, connection);
    }
}

static bool all_arrived(struct load *load) {
    for (int i = 0; i < load->options.connections; i++) {
        if (load->connections[i].next != load->connections[i].end) {
            return false;
        }
    }
    return true;
}

void echo(struct load *load) {
    load->on_message = on_message;
    load->on_read = on_read;
    frames = load->protocol->frames(load, load->options.depth);
    connections_create(load);
    connections_open(load, 0, load->options.connections);
    for (int i = 0; i < load->options.connections; i++) {
        send_batch(load, &load->connections[i]);
    }
    measure(load, NULL);
    if (!drain(load, all_arrived)) {
        for (int i = 0; i < load->options.connections; i++) {
            load->errors += load->connections[i].end - load->connections[i].next;
        }
    }
    report(load);
}
