/*
 * posthorn-load: traffic for a server, and what that costs the server.
 *
 * How it measures. One thread with epoll speaks the wire itself. Messages are prepared once; before each send only their numbers
 * and times are exchanged in place, also under a WebSocket's mask. A batch is one send, and each readiness one recv into one
 * large buffer, so that the client is seldom what limits; clientCpuPercent says when it is.
 *
 * Every message is checked as a whole, byte for byte. Lost, repeated, reordered, strange and damaged ones are counted as errors,
 * from the first message to a moment after the last one; a run with errors is no measurement.
 *
 * After --warmup seconds the CPU times of the server (--pid, with its children) and of this process are read, and again after
 * --seconds more. Only what arrives in between is counted. The sum of the server's time is exact; its split into user and system
 * time is what the kernel's timer found, 100 to 1000 times a second, so it needs long runs, or many.
 *
 * Latency is the time from the send to the recv that brought the message, in a histogram with buckets of 1.6 %. It contains the
 * time that a message waits for this process, so it says most when both processes have time to spare.
 *
 * The result is one JSON object on one line of stdout. What goes wrong is one sentence on stderr, and exit code 1.
 */
#include <stdio.h>
#include <string.h>

#include "load.h"

static const struct {
    const char *name;
    void (*run)(struct load *load);
} CASES[] = {{"echo", echo}, {"fanout", fanout}, {"handshake", handshake}, {"idle", idle}};

static const struct protocol *const PROTOCOLS[] = {&WEBSOCKET, &SOCKETIO, &EVENTSOURCE, &LONGPOLL};

static struct load load;

// WebSocket publishes itself, unless it reads a feed.
static const struct protocol *publishing(void) {
    bool posts = load.options.post_path != NULL || load.protocol == &EVENTSOURCE || load.protocol == &LONGPOLL;
    return posts ? &POST : load.protocol;
}

static void choose_protocol(void) {
    for (size_t i = 0; i < sizeof PROTOCOLS / sizeof *PROTOCOLS; i++) {
        if (strcmp(PROTOCOLS[i]->name, load.options.protocol) == 0) {
            load.protocol = PROTOCOLS[i];
            load.publishing = publishing();
            return;
        }
    }
    fail("There is no protocol %s; --help lists them.", load.options.protocol);
}

static void check_combination(void (*run)(struct load *load)) {
    const struct protocol *protocol = load.protocol;
    if (run == echo && protocol->frames == NULL) {
        fail("Over %s nothing can be sent, so there is no echo.", protocol->name);
    }
    if (run == handshake && protocol == &LONGPOLL) {
        fail("Over longpoll there is no handshake to wait for.");
    }
    if (load.options.room != NULL && (protocol != &SOCKETIO || run != fanout)) {
        fail("--room is for fanout over socketio only.");
    }
}

int main(int argc, char **argv) {
    load.options = options_of(argc, argv);
    choose_protocol();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (strcmp(CASES[i].name, load.options.case_name) == 0) {
            check_combination(CASES[i].run);
            load.echoing = CASES[i].run == echo;
            CASES[i].run(&load);
            return 0;
        }
    }
    fail("There is no case %s; --help lists them.", load.options.case_name);
}
