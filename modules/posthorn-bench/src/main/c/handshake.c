/*
 * Opens all connections, a limited number at a time, and closes them, round by round. The last round is measured: by then the
 * server's code is warm. A connection is open when the upgrade is answered, for Socket.IO when the namespace is connected. Its
 * latency begins with the SYN.
 */
#include <poll.h>
#include <unistd.h>

#include "connection.h"
#include "measure.h"
#include "report.h"

static const int64_t SETTLED = 500000000;     // for a server whose files cannot be counted
static const int64_t PATIENCE = 20000000000;  // for one whose files can
static const int64_t PAUSE = 20000000;
static const int FILES_OF_ITS_OWN = 16; // that a server may open in its first round

static void on_open(struct load *load, struct connection *connection) {
    load->now = nanos();
    arrived(load, load->now - connection->since, 1);
}

// A server may greet whoever comes.
static void on_message(struct load *load, struct connection *connection, const uint8_t *payload, size_t length) {
    (void) load, (void) connection, (void) payload, (void) length;
}

static void close_all(struct load *load) {
    for (int i = 0; i < load->options.connections; i++) {
        connection_close(&load->connections[i]);
    }
    load->opened = 0;
}

// From outside nobody sees when a server has let go of a connection, but for the files that it holds.
static void settle(struct load *load, int files) {
    if (load->options.pid == 0) {
        run_until(load, nanos() + SETTLED, NULL);
        return;
    }
    int64_t deadline = nanos() + PATIENCE;
    int held = open_files(load->options.pid) - files;
    while (held > FILES_OF_ITS_OWN && nanos() < deadline) {
        run_until(load, nanos() + PAUSE, NULL);
        held = open_files(load->options.pid) - files;
    }
    if (held > FILES_OF_ITS_OWN) {
        fail("The server still holds about %d of %d connections 20 s after they were closed.", held, load->options.connections);
    }
}

void handshake(struct load *load) {
    load->on_open = on_open;
    load->on_message = on_message;
    load->many_sources = true;
    connections_create(load);
    int files = load->options.pid == 0 ? 0 : open_files(load->options.pid);
    for (int round = 1; round <= load->options.rounds; round++) {
        load->phase = round == load->options.rounds ? MEASURED : WARMUP;
        load->from = cpu_time(load->options.pid);
        connections_open(load, 0, load->options.connections);
        load->spent = cpu_time_between(load->from, cpu_time(load->options.pid));
        load->resident = resident_kib(load->options.pid);
        close_all(load);
        settle(load, files);
    }
    report(load);
}

static bool input_ended(void) {
    char ignored[256];
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) != 0 && read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
}

void idle(struct load *load) {
    load->on_message = on_message;
    load->many_sources = true;
    connections_create(load);
    load->from = cpu_time(load->options.pid);
    connections_open(load, 0, load->options.connections);
    load->spent = cpu_time_between(load->from, cpu_time(load->options.pid));
    load->resident = resident_kib(load->options.pid);
    report_idle(load);
    while (!input_ended()) {
        run_until(load, nanos() + PAUSE, NULL);
    }
    close_all(load);
}
