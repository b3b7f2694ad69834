package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

/**
 * Says that messages are missing, and between which: a reader is told so, never left to believe that it has them all.
 *
 * @param after the last message before the gap, null where that is unknown
 * @param before the first message behind the gap, which may be still to come
 */
public record Gap(@Nullable Cursor after, Cursor before) {}
