// The result: one JSON object on one line of stdout.
#ifndef REPORT_H
#define REPORT_H

#include "load.h"

void report(const struct load *load);

// That all connections are open, and what this took.
void report_idle(const struct load *load);

#endif
