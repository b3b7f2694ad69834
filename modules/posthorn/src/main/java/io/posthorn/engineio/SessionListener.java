package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;

/**
 * Hears of one session, on its home loop. What a method throws closes that session as {@link
 * SessionCloseReason#TRANSPORT_ERROR}, and nothing else.
 */
@OnLoop
public interface SessionListener {
    /**
     * A text message.
     *
     * @param message the packet in UTF-8, which was checked; the array is the listener's own
     * @param from where the message begins, behind the packet's type; it goes to the end of the array
     */
    void onText(byte[] message, int from);

    /** A binary message; the array is the listener's own. */
    void onBinary(byte[] bytes);

    /** The session has gone from polling to WebSocket. */
    default void onUpgrade() {}

    /**
     * The session has ended. Once, and last.
     *
     * @param description more about the reason, for logs; may be empty
     */
    void onClose(SessionCloseReason reason, String description);
}
