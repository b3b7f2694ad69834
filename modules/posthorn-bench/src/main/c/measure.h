// Warm-up, the measured interval and what comes behind it, and the result.
#ifndef MEASURE_H
#define MEASURE_H

#include "load.h"

/*
 * Lets the traffic run that the case has begun: the warm-up, then the measured seconds, with the CPU times read at both ends.
 * In between, tick (if not NULL) is called again and again and says when it must be called next at the latest.
 */
void measure(struct load *load, int64_t (*tick)(struct load *load));

// Handles what comes until the end; tick as below.
void run_until(struct load *load, int64_t end, int64_t (*tick)(struct load *load));

// Lets what is still under way arrive. Says false when it has not all come, and no more comes.
bool drain(struct load *load, bool (*arrived)(struct load *load));

// Counts messages of one read with the same latency.
void arrived(struct load *load, int64_t latency, uint64_t messages);

/*
 * Judges a message that is not the expected one: counts the errors, and says which number must come next, given the one that
 * was expected and the one behind the last that was sent. A message of another stream or time, or with a byte changed, is one
 * error, and so is each that is missing, and each that has come before.
 */
uint32_t judge(struct load *load, const uint8_t *payload, size_t length, uint32_t stream, uint32_t next, uint32_t end);


#endif
