package io.posthorn.loop;

/**
 * Memory for whoever is at work on a loop, as much as one read takes. Whoever uses it is done with it before they call
 * anyone else.
 */
@OnLoop
public final class Scratch {
    private final byte[] bytes = new byte[SharedReceiveBuffer.CAPACITY];
    private final char[] characters = new char[SharedReceiveBuffer.CAPACITY];

    /** A loop's, or a test's. */
    public Scratch() {}

    /** 64 Ki bytes. */
    public byte[] bytes() {
        return bytes;
    }

    /** 64 Ki characters: as many as there can be in the bytes. */
    public char[] characters() {
        return characters;
    }
}
