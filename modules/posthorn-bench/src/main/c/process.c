#include "process.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "options.h"

enum { NANOS = 1000000000, FAMILY = 64 };

static int64_t nanos_of(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) {
        return 0;
    }
    return (int64_t) time.tv_sec * NANOS + time.tv_nsec;
}

int64_t nanos(void) { return nanos_of(CLOCK_MONOTONIC); }

// The process, and its children: a server may be a parent that only watches its workers.
static int family(pid_t pid, pid_t members[FAMILY]) {
    char path[64];
    int count = 0;
    members[count++] = pid;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return count;
    }
    while (count < FAMILY && fscanf(file, "%d", &members[count]) == 1) {
        count++;
    }
    fclose(file);
    return count;
}

// proc(5): utime and stime are the 14th and 15th field; the second one, the name, may have blanks and brackets.
static void ticks(pid_t pid, int64_t *user, int64_t *system) {
    char path[64];
    char text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail("There is no process %d to read the CPU time of.", pid);
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    const char *rest = strrchr(text, ')');
    long utime;
    long stime;
    if (rest == NULL || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &utime, &stime) != 2) {
        fail("/proc/%d/stat does not look as it should.", pid);
    }
    int64_t tick = NANOS / sysconf(_SC_CLK_TCK);
    *user = utime * tick;
    *system = stime * tick;
}

// The kernel samples the split into user and system time by its timer; their sum it also knows to the nanosecond.
static void add_server(pid_t pid, struct cpu_time *time) {
    int64_t user;
    int64_t system;
    clockid_t clock;
    ticks(pid, &user, &system);
    if (clock_getcpuclockid(pid, &clock) == 0) {
        int64_t exact = nanos_of(clock);
        int64_t sum = user + system;
        if (exact > 0 && sum > 0) {
            user = (int64_t) ((double) exact * ((double) user / (double) sum));
            system = exact - user;
        }
    }
    time->server_user += user;
    time->server_system += system;
}

struct cpu_time cpu_time(pid_t pid) {
    struct cpu_time time = {.at = nanos()};
    if (pid != 0) {
        pid_t members[FAMILY];
        int count = family(pid, members);
        for (int i = 0; i < count; i++) {
            add_server(members[i], &time);
        }
    }
    time.own = nanos_of(CLOCK_PROCESS_CPUTIME_ID);
    return time;
}

struct cpu_time cpu_time_between(struct cpu_time from, struct cpu_time to) {
    return (struct cpu_time){
        .at = to.at - from.at,
        .server_user = to.server_user - from.server_user,
        .server_system = to.server_system - from.server_system,
        .own = to.own - from.own};
}

static int64_t resident_of(pid_t pid) {
    char path[64];
    char line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail("There is no process %d to read the memory of.", pid);
    }
    while (fgets(line, sizeof line, file) != NULL && sscanf(line, "VmRSS: %ld", &kib) != 1) {
    }
    fclose(file);
    return kib;
}

int64_t resident_kib(pid_t pid) {
    pid_t members[FAMILY];
    int members_count = pid == 0 ? 0 : family(pid, members);
    int64_t kib = 0;
    for (int i = 0; i < members_count; i++) {
        kib += resident_of(members[i]);
    }
    return kib;
}

static int open_files_of(pid_t pid) {
    char path[64];
    int count = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *folder = opendir(path);
    if (folder == NULL) {
        fail("There is no process %d to count the open files of.", pid);
    }
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

int open_files(pid_t pid) {
    pid_t members[FAMILY];
    int members_count = family(pid, members);
    int count = 0;
    for (int i = 0; i < members_count; i++) {
        count += open_files_of(members[i]);
    }
    return count;
}
