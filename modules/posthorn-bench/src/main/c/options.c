#include "options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

static const char USAGE[] =
    "Usage: posthorn-load CASE --protocol P --port N --path /PATH [OPTION...]\n"
    "\n"
    "CASE      echo        every connection sends, and gets back what it sent\n"
    "          fanout      one publisher, all connections get each message\n"
    "          handshake   opens all connections, and closes them, round by round\n"
    "          idle        opens all connections, says so, and holds them until stdin ends\n"
    "P         websocket, socketio, eventsource or longpoll (the latter two: not echo)\n"
    "\n"
    "  --host 127.0.0.1   an IPv4 address\n"
    "  --post-path /PATH  publish by POST to this path; eventsource and longpoll without it to --path\n"
    "  --connections 100  without the publisher\n"
    "  --depth 1          echo: messages that a connection sends together\n"
    "  --window 1         fanout: messages in flight\n"
    "  --rate R           fanout: R messages a second instead, by a fixed schedule\n"
    "  --room R           fanout over socketio: to this room instead of to everybody\n"
    "  --size 64          bytes of a message's payload\n"
    "  --rounds 3         handshake: how often\n"
    "  --warmup 1.5       seconds of traffic before those that are measured\n"
    "  --seconds 3        seconds that are measured\n"
    "  --pid PID          the server's process, whose CPU time and memory are read\n";

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("posthorn-load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static double number(const char *option, const char *text, double least, double most) {
    char *end;
    errno = 0;
    double value = strtod(text, &end);
    if (errno != 0 || end == text || *end != '\0' || !(value >= least && value <= most)) {
        fail("%s wants a number from %g to %.0f, not \"%s\".", option, least, most, text);
    }
    return value;
}

static int whole(const char *option, const char *text, int least, int most) {
    double value = number(option, text, least, most);
    if (value != (int) value) {
        fail("%s wants a whole number, not \"%s\".", option, text);
    }
    return (int) value;
}

static const char *path(const char *option, const char *text) {
    if (text[0] != '/' || strpbrk(text, " \r\n") != NULL || strlen(text) > 500) {
        fail("%s wants a path that begins with a slash, not \"%s\".", option, text);
    }
    return text;
}

static const char *room(const char *text) {
    if (text[0] == '\0' || strpbrk(text, "\"\\\r\n") != NULL || strlen(text) > 100) {
        fail("--room wants a plain name, not \"%s\".", text);
    }
    return text;
}

static bool take_number(struct options *options, const char *name, const char *value) {
    if (strcmp(name, "--port") == 0) {
        options->port = whole(name, value, 1, 65535);
    } else if (strcmp(name, "--connections") == 0) {
        options->connections = whole(name, value, 1, 1000000);
    } else if (strcmp(name, "--depth") == 0) {
        options->depth = whole(name, value, 1, 1024);
    } else if (strcmp(name, "--window") == 0) {
        options->window = whole(name, value, 1, 1024);
    } else if (strcmp(name, "--rate") == 0) {
        options->rate = number(name, value, 0.1, 1000000);
    } else if (strcmp(name, "--size") == 0) {
        options->size = whole(name, value, MESSAGE_HEAD, MESSAGE_MAX);
    } else if (strcmp(name, "--rounds") == 0) {
        options->rounds = whole(name, value, 1, 1000);
    } else if (strcmp(name, "--warmup") == 0) {
        options->warmup = number(name, value, 0, 3600);
    } else if (strcmp(name, "--seconds") == 0) {
        options->seconds = number(name, value, 0.1, 3600);
    } else if (strcmp(name, "--pid") == 0) {
        options->pid = whole(name, value, 1, 1 << 30);
    } else {
        return false;
    }
    return true;
}

static void take(struct options *options, const char *name, const char *value) {
    if (take_number(options, name, value)) {
        return;
    }
    if (strcmp(name, "--protocol") == 0) {
        options->protocol = value;
    } else if (strcmp(name, "--host") == 0) {
        options->host = value;
    } else if (strcmp(name, "--path") == 0) {
        options->path = path(name, value);
    } else if (strcmp(name, "--post-path") == 0) {
        options->post_path = path(name, value);
    } else if (strcmp(name, "--room") == 0) {
        options->room = room(value);
    } else {
        fail("There is no option %s; --help lists them.", name);
    }
}

struct options options_of(int argc, char **argv) {
    struct options options = {
        .host = "127.0.0.1", .connections = 100, .depth = 1, .window = 1, .size = 64, .rounds = 3, .warmup = 1.5, .seconds = 3};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(USAGE, stdout);
            exit(0);
        }
    }
    if (argc < 2 || argv[1][0] == '-') {
        fail("The case comes first: echo, fanout, handshake or idle; --help says more.");
    }
    options.case_name = argv[1];
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc) {
            fail("%s wants a value; --help lists the options.", argv[i]);
        }
        take(&options, argv[i], argv[i + 1]);
    }
    if (options.protocol == NULL || options.port == 0 || options.path == NULL) {
        fail("--protocol, --port and --path are needed; --help lists the options.");
    }
    return options;
}
