#include "histogram.h"

#include <math.h>

// Values below 64 have a bucket each; above, 64 buckets for each power of two.
static int bucket_of(uint64_t value) {
    if (value < HISTOGRAM_STEPS) {
        return (int) value;
    }
    int shift = 63 - __builtin_clzll(value) - 6;
    int bucket = (shift + 1) * HISTOGRAM_STEPS + (int) (value >> shift) - HISTOGRAM_STEPS;
    return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

static double middle_of(int bucket) {
    if (bucket < HISTOGRAM_STEPS) {
        return bucket;
    }
    int shift = bucket / HISTOGRAM_STEPS - 1;
    double width = ldexp(1, shift);
    return (bucket % HISTOGRAM_STEPS + HISTOGRAM_STEPS) * width + (width - 1) / 2;
}

void histogram_add(struct histogram *histogram, int64_t nanos, uint64_t times) {
    int64_t value = nanos < 0 ? 0 : nanos;
    histogram->buckets[bucket_of((uint64_t) value)] += times;
    histogram->count += times;
    if (value > histogram->max) {
        histogram->max = value;
    }
}

double histogram_at(const struct histogram *histogram, double share) {
    double wanted = ceil((double) histogram->count * share);
    uint64_t seen = 0;
    for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += histogram->buckets[i];
        if (seen > 0 && (double) seen >= wanted) {
            return fmin(middle_of(i), (double) histogram->max);
        }
    }
    return 0;
}
