// What the command line says.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct options {
    const char *case_name;
    const char *protocol;
    const char *host;
    const char *path;
    const char *post_path; // NULL: the same as path
    const char *room;      // NULL: to everybody
    int port;
    int connections;
    int depth;  // echo: messages that a connection sends together
    int window; // fanout: messages in flight
    int size;   // bytes of a payload
    int rounds;
    double rate; // fanout: messages a second by a fixed schedule; 0: as fast as the window lets
    double warmup;
    double seconds;
    pid_t pid; // 0: nobody's CPU time is read
};

// Leaves the process with a sentence when something is wrong, and with the usage when it is asked for.
struct options options_of(int argc, char **argv);

// Says one sentence on stderr and leaves with 1.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
