/**
 * What stood on the wire, as a page is told of it: an {@link io.posthorn.playground.wire.AnswerSplitter} cuts an answer into
 * its head and {@link io.posthorn.playground.wire.Piece}s, which are chunks, frames, or a body as a whole. {@link
 * io.posthorn.playground.wire.Secrets} takes out what is not to be shown.
 */
@NullMarked
package io.posthorn.playground.wire;

import org.jspecify.annotations.NullMarked;
