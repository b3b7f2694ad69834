package io.posthorn.transport;

/**
 * What a message becomes on its way to readers of one kind. A form is a value: two that give the same bytes are equal, so
 * that a message is encoded once for all readers that want equal forms. It must not depend on a reader.
 *
 * @param <F> what comes of a message; immutable, in memory that the collector frees
 */
public interface Form<F> {
    /** Encodes; called once for a message and equal forms, on any thread. */
    F encode(Message message);
}
