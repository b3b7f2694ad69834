// Counts durations in buckets no wider than 1/64 of their values, from nanoseconds to hours.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_STEPS = 64, HISTOGRAM_BUCKETS = HISTOGRAM_STEPS * 40 };

struct histogram {
    uint64_t count;
    int64_t max;
    uint64_t buckets[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *histogram, int64_t nanos, uint64_t times);

// The middle of the bucket in which the share (0 to 1) of the values ends; 0 when there are none.
double histogram_at(const struct histogram *histogram, double share);

#endif
