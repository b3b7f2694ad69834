package io.posthorn.websocket;

/** What becomes of the messages and control frames that {@link MessageAssembler} has put together; all on the loop. */
interface MessageSink {
    /** Whether texts are wanted as UTF-8, by {@link #onUtf8}, and not as strings. */
    boolean wantsUtf8();

    void onText(String text);

    /** A text that has been checked; the array is the receiver's. */
    void onUtf8(byte[] text);

    /** The array is the receiver's. */
    void onBinary(byte[] bytes);

    void onPing(byte[] payload);

    void onPong(byte[] payload);

    /** A close frame; the code is {@link CloseCode#NO_STATUS} where it carries none. */
    void onClose(int code, String reason);

    /** Whether anything more is wanted; asked after each frame. */
    boolean wantsMore();
}
