package io.posthorn.playground.lab;

/**
 * What one reader has cost since the visit began. Bytes are those on the wire, above TCP and TLS, as the server sees them.
 *
 * @param requests requests that came, those that were turned away too
 * @param received bytes of requests, and frames from the client
 * @param sent bytes of answers, with heads, chunk sizes and frames' headers
 * @param cuts connections that the lab dropped, or dropped on arrival
 * @param reconnects how often the reader was let in again after such cuts
 */
record Counts(long requests, long received, long sent, long cuts, long reconnects) {}
