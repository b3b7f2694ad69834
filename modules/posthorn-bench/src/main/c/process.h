// What the kernel tells about a process, and the clock.
#ifndef PROCESS_H
#define PROCESS_H

#include <stdint.h>
#include <sys/types.h>

struct cpu_time {
    int64_t at; // when it was read, by nanos()
    int64_t server_user;
    int64_t server_system;
    int64_t own;
};

// Nanoseconds of the monotonic clock.
int64_t nanos(void);

// Since its start, of the process and its children that live; of the server nothing when pid is 0.
struct cpu_time cpu_time(pid_t pid);

// What has passed between the two.
struct cpu_time cpu_time_between(struct cpu_time from, struct cpu_time to);

// Of it and its children, like the next.
int64_t resident_kib(pid_t pid);

int open_files(pid_t pid);

#endif
