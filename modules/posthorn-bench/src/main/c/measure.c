#include "measure.h"

#include "connection.h"

static const int64_t SECOND = 1000000000;
static const int64_t PATIENCE = 20 * SECOND; // for the last messages
static const int64_t SILENCE = 2 * SECOND;   // after which no more will come
static const int64_t GRACE = SECOND / 20;      // for some that should not come

void run_until(struct load *load, int64_t end, int64_t (*tick)(struct load *load)) {
    int64_t now = nanos();
    while (now < end) {
        int64_t wanted = tick == NULL ? end : tick(load);
        poll_until(load, wanted < end ? wanted : end);
        now = nanos();
    }
}

void measure(struct load *load, int64_t (*tick)(struct load *load)) {
    load->phase = WARMUP;
    run_until(load, nanos() + (int64_t) (load->options.warmup * (double) SECOND), tick);
    load->phase = MEASURED;
    load->from = cpu_time(load->options.pid);
    run_until(load, load->from.at + (int64_t) (load->options.seconds * (double) SECOND), tick);
    load->spent = cpu_time_between(load->from, cpu_time(load->options.pid));
    load->phase = DRAINING;
    load->resident = resident_kib(load->options.pid);
}

bool drain(struct load *load, bool (*arrived)(struct load *load)) {
    int64_t deadline = nanos() + PATIENCE;
    load->now = nanos();
    while (!arrived(load) && nanos() < deadline && nanos() < load->now + SILENCE) {
        poll_until(load, load->now + SILENCE);
    }
    run_until(load, nanos() + GRACE, NULL);
    return arrived(load);
}

void arrived(struct load *load, int64_t latency, uint64_t messages) {
    if (load->phase == MEASURED) {
        load->messages += messages;
        histogram_add(&load->latencies, latency, messages);
    }
}

uint32_t judge(struct load *load, const uint8_t *payload, size_t length, uint32_t stream, uint32_t next, uint32_t end) {
    struct message_fields fields;
    bool whole = length == (size_t) load->options.size && message_read(payload, length, &fields);
    if (whole && fields.stream == PROBE_STREAM) {
        return next;
    }
    load->errors++;
    if (!whole) {
        // It has taken the place of the one that was expected.
        return next == end ? next : next + 1;
    }
    if (fields.stream != stream || fields.number < next || fields.number >= end) {
        return next;
    }
    // Those in between are missing; the number that was expected, but with another time, is an error by itself.
    uint32_t missing = fields.number - next;
    if (missing > 0) {
        load->errors += missing - 1;
    }
    return fields.number + 1;
}
