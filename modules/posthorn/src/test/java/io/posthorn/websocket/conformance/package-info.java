/**
 * The WebSocket server judged from outside, over real sockets, byte by byte.
 *
 * <ul>
 *   <li>The client: {@code RawWebSocketClient} writes {@code ClientFrame}s, right or wrong; {@code ServerFrameReader} and
 *       {@code MessageReader} take the answers apart and allow no deviation; {@code CheckedInflater} measures how far
 *       back a server's compression reaches.
 *   <li>The cases, one class for each subject: framing, pings, reserved bits, opcodes, fragments, UTF-8, closing, large
 *       messages, compression, handshakes, origins, hostile peers, and the JDK's client.
 *   <li>{@code EchoServer} is what they are put to: our own, or with {@code -Dconformance.port=PORT} any other.
 * </ul>
 */
@NullMarked
package io.posthorn.websocket.conformance;

import org.jspecify.annotations.NullMarked;
