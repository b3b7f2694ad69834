package io.posthorn.http;

import java.time.Duration;

/**
 * What a peer may ask of the server; beyond each limit stands a {@link Refusal}.
 *
 * @param maxRequestLine bytes of the request line
 * @param maxHeaders header lines of one request
 * @param maxHeaderBytes bytes of all header lines of one request
 * @param maxBody bytes of one request's body
 * @param maxConnections connections of the server, upgraded ones too
 * @param maxConnectionsPerAddress connections of one address; where forwarded headers are trusted, running exchanges and
 *     upgraded connections of one client
 * @param headDeadline how long a head may take from its first byte
 * @param bodyDeadline how long a body may take from the end of its head
 * @param idleDeadline how long a connection may wait for its first or next request, or leave an answer untouched
 */
public record HttpLimits(
        int maxRequestLine,
        int maxHeaders,
        int maxHeaderBytes,
        int maxBody,
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration headDeadline,
        Duration bodyDeadline,
        Duration idleDeadline) {
    private static final HttpLimits DEFAULTS = new HttpLimits(
            8 * 1024,
            100,
            32 * 1024,
            1024 * 1024,
            10_000,
            1_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where a limit is not positive (a body's may be 0)
     */
    public HttpLimits {
        positive("maxRequestLine", maxRequestLine);
        positive("maxHeaders", maxHeaders);
        positive("maxHeaderBytes", maxHeaderBytes);
        positive("maxBody", maxBody + 1L);
        positive("maxConnections", maxConnections);
        positive("maxConnectionsPerAddress", maxConnectionsPerAddress);
        positive("headDeadline", headDeadline.toNanos());
        positive("bodyDeadline", bodyDeadline.toNanos());
        positive("idleDeadline", idleDeadline.toNanos());
    }

    /** 8 KiB of request line, 100 headers, 32 KiB of them, 1 MiB of body, 10,000 connections, 1,000 per address. */
    public static HttpLimits defaults() {
        return DEFAULTS;
    }

    /** These limits with another request line. */
    public HttpLimits withMaxRequestLine(int bytes) {
        return new HttpLimits(
                bytes,
                maxHeaders,
                maxHeaderBytes,
                maxBody,
                maxConnections,
                maxConnectionsPerAddress,
                headDeadline,
                bodyDeadline,
                idleDeadline);
    }

    /** These limits with other headers: how many lines, and how many bytes of them. */
    public HttpLimits withMaxHeaders(int lines, int bytes) {
        return new HttpLimits(
                maxRequestLine,
                lines,
                bytes,
                maxBody,
                maxConnections,
                maxConnectionsPerAddress,
                headDeadline,
                bodyDeadline,
                idleDeadline);
    }

    /** These limits with another body. */
    public HttpLimits withMaxBody(int bytes) {
        return new HttpLimits(
                maxRequestLine,
                maxHeaders,
                maxHeaderBytes,
                bytes,
                maxConnections,
                maxConnectionsPerAddress,
                headDeadline,
                bodyDeadline,
                idleDeadline);
    }

    /** These limits with other numbers of connections: of the server, and of one address. */
    public HttpLimits withMaxConnections(int total, int perAddress) {
        return new HttpLimits(
                maxRequestLine,
                maxHeaders,
                maxHeaderBytes,
                maxBody,
                total,
                perAddress,
                headDeadline,
                bodyDeadline,
                idleDeadline);
    }

    /** These limits with other deadlines: for a head, for a body, and for doing nothing. */
    public HttpLimits withDeadlines(Duration head, Duration body, Duration idle) {
        return new HttpLimits(
                maxRequestLine,
                maxHeaders,
                maxHeaderBytes,
                maxBody,
                maxConnections,
                maxConnectionsPerAddress,
                head,
                body,
                idle);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The limit " + name + " must be positive.");
        }
    }
}
