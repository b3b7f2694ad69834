/**
 * Tests of {@code io.posthorn.engineio}, as it stands on the wire: {@code EngineHost} is a server, {@code EngineClient} a
 * client of it on bare sockets.
 */
@NullMarked
package io.posthorn.engineio;

import org.jspecify.annotations.NullMarked;
