#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { UNDERWAY = 128, EVENTS = 1024, SOURCES = 8 };

static const int64_t PATIENCE = 20000000000; // for something to open

void *allocate(size_t bytes) {
    void *memory = calloc(1, bytes);
    if (memory == NULL) {
        fail("There is no memory left.");
    }
    return memory;
}

void connections_create(struct load *load) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < (rlim_t) load->options.connections + 20) {
        fail("%d connections are more than the %lu files that a process may open here.", load->options.connections,
             (unsigned long) files.rlim_cur);
    }
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (load->epoll < 0) {
        fail("epoll_create1: %s.", strerror(errno));
    }
    load->buffer = allocate(BUFFER);
    load->connections = allocate(((size_t) load->options.connections + 1) * sizeof *load->connections);
    for (int i = 0; i <= load->options.connections; i++) {
        load->connections[i].index = i;
        load->connections[i].fd = -1;
    }
}

const struct protocol *protocol_of(const struct load *load, const struct connection *connection) {
    return connection->index == load->options.connections ? load->publishing : load->protocol;
}

static void watch(struct load *load, struct connection *connection, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(load->epoll, operation, connection->fd, &event) != 0) {
        fail("epoll_ctl: %s.", strerror(errno));
    }
}

// 127.0.0.2 and so on: the kernel has 28,000 ports for each pair of addresses, some of them still waiting from before.
static void bind_source(const struct connection *connection) {
    int yes = 1;
    setsockopt(connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    uint32_t address = 0x7f000002 + (uint32_t) connection->index % SOURCES;
    struct sockaddr_in source = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
    if (bind(connection->fd, (struct sockaddr *) &source, sizeof source) != 0) {
        fail("Connections cannot come from 127.0.0.2 to 127.0.0.9: %s.", strerror(errno));
    }
}

static void start(struct load *load, struct connection *connection) {
    int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) load->options.port)};
    if (inet_pton(AF_INET, load->options.host, &address.sin_addr) != 1) {
        fail("--host wants an IPv4 address, not \"%s\".", load->options.host);
    }
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0) {
        fail("There is no socket for connection %d: %s.", connection->index, strerror(errno));
    }
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (load->many_sources && (ntohl(address.sin_addr.s_addr) >> 24) == 127) {
        bind_source(connection);
    }
    connection->since = nanos();
    connection->state = CONNECTING;
    if (connect(connection->fd, (struct sockaddr *) &address, sizeof address) != 0 && errno != EINPROGRESS) {
        fail("%s:%d cannot be reached: %s.", load->options.host, load->options.port, strerror(errno));
    }
    watch(load, connection, EPOLL_CTL_ADD, EPOLLOUT);
}

static void connected(struct load *load, struct connection *connection) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
        fail("%s:%d cannot be reached: %s.", load->options.host, load->options.port, strerror(error));
    }
    connection->state = ANSWERING;
    watch(load, connection, EPOLL_CTL_MOD, EPOLLIN);
    protocol_of(load, connection)->hello(load, connection);
}

void connection_opened(struct load *load, struct connection *connection) {
    connection->state = OPEN;
    load->opened++;
    load->underway--;
    if (load->on_open != NULL) {
        load->on_open(load, connection);
    }
}

void connections_open(struct load *load, int from, int to) {
    int target = load->opened + to - from;
    int64_t deadline = nanos() + PATIENCE;
    int seen = load->opened;
    while (load->opened < target) {
        while (load->underway < UNDERWAY && from < to) {
            load->underway++;
            start(load, &load->connections[from++]);
        }
        poll_until(load, deadline);
        if (load->opened > seen) {
            seen = load->opened;
            deadline = nanos() + PATIENCE;
        } else if (nanos() >= deadline) {
            fail("Only %d of %d connections were open after 20 s without another one.", load->opened, target);
        }
    }
}

void bytes_append(struct bytes *bytes, const uint8_t *from, size_t length) {
    if (length == 0) {
        return;
    }
    if (bytes->capacity < bytes->length + length) {
        bytes->capacity = (bytes->length + length) * 2;
        bytes->at = realloc(bytes->at, bytes->capacity);
        if (bytes->at == NULL) {
            fail("There is no memory left.");
        }
    }
    memcpy(bytes->at + bytes->length, from, length);
    bytes->length += length;
}

static size_t send_some(struct connection *connection, const uint8_t *bytes, size_t length) {
    ssize_t sent = send(connection->fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        fail("Connection %d broke while sending: %s.", connection->index, strerror(errno));
    }
    return sent < 0 ? 0 : (size_t) sent;
}

void connection_send(struct load *load, struct connection *connection, const void *bytes, size_t length) {
    size_t sent = connection->unsent.length > 0 ? 0 : send_some(connection, bytes, length);
    if (sent == length) {
        return;
    }
    bytes_append(&connection->unsent, (const uint8_t *) bytes + sent, length - sent);
    watch(load, connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void send_unsent(struct load *load, struct connection *connection) {
    struct bytes *unsent = &connection->unsent;
    size_t sent = send_some(connection, unsent->at, unsent->length);
    unsent->length -= sent;
    memmove(unsent->at, unsent->at + sent, unsent->length);
    if (unsent->length == 0) {
        watch(load, connection, EPOLL_CTL_MOD, EPOLLIN);
    }
}

void connection_close(struct connection *connection) {
    if (connection->state != CLOSED) {
        close(connection->fd);
        connection->fd = -1;
        connection->state = CLOSED;
        connection->unread.length = 0;
        connection->unsent.length = 0;
    }
}

static void read_some(struct load *load, struct connection *connection) {
    struct bytes *unread = &connection->unread;
    size_t length = unread->length;
    if (length > 0) {
        memcpy(load->buffer, unread->at, length);
    }
    ssize_t count = recv(connection->fd, load->buffer + length, BUFFER - length, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count <= 0) {
        fail("The server closed connection %d: %s.", connection->index, count == 0 ? "end of stream" : strerror(errno));
    }
    length += (size_t) count;
    load->now = nanos();
    size_t taken = protocol_of(load, connection)->received(load, connection, load->buffer, length);
    if (taken == 0 && length == BUFFER) {
        fail("The server sent more than %d bytes at once to connection %d.", BUFFER, connection->index);
    }
    unread->length = 0;
    if (load->on_read != NULL && connection->state == OPEN) {
        load->on_read(load, connection);
    }
    if (taken < length) {
        bytes_append(unread, load->buffer + taken, length - taken);
    }
}

static void handle(struct load *load, struct connection *connection, uint32_t events) {
    if (connection->state == CLOSED) {
        return;
    }
    if (connection->state == CONNECTING) {
        connected(load, connection);
        return;
    }
    if ((events & EPOLLOUT) != 0 && connection->unsent.length > 0) {
        send_unsent(load, connection);
    }
    if ((events & ~(uint32_t) EPOLLOUT) != 0) {
        read_some(load, connection);
    }
}

void poll_until(struct load *load, int64_t time) {
    struct epoll_event events[EVENTS];
    int64_t wait = time - nanos();
    struct timespec timeout = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
    if (wait <= 0) {
        timeout = (struct timespec){0};
    }
    int count = epoll_pwait2(load->epoll, events, EVENTS, &timeout, NULL);
    if (count < 0 && errno != EINTR) {
        fail("epoll_pwait2: %s.", strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        handle(load, events[i].data.ptr, events[i].events);
    }
}
