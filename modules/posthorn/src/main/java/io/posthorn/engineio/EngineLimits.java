package io.posthorn.engineio;

/**
 * What clients may cost. Immutable; the {@code with} methods give a changed copy.
 *
 * @param maxPayload bytes of one POST, or one WebSocket message, from a client; told in the handshake
 * @param maxSessions sessions at a time
 * @param maxSessionsPerAddress sessions of one client's address
 * @param queueBytes what may wait for one session, in bytes; where it is more the session is closed
 */
public record EngineLimits(int maxPayload, int maxSessions, int maxSessionsPerAddress, int queueBytes) {
    private static final EngineLimits DEFAULTS = new EngineLimits(1_000_000, 10_000, 1_000, 4 * 1024 * 1024);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is not positive
     */
    public EngineLimits {
        positive("maxPayload", maxPayload);
        positive("maxSessions", maxSessions);
        positive("maxSessionsPerAddress", maxSessionsPerAddress);
        positive("queueBytes", queueBytes);
    }

    /** 1,000,000 bytes; 10,000 sessions, 1,000 of one address; 4 MiB that wait. */
    public static EngineLimits defaults() {
        return DEFAULTS;
    }

    /** With another size of what clients send, in bytes. */
    public EngineLimits withMaxPayload(int bytes) {
        return new EngineLimits(bytes, maxSessions, maxSessionsPerAddress, queueBytes);
    }

    /** With other numbers of sessions: of all clients, and of one address. */
    public EngineLimits withMaxSessions(int total, int perAddress) {
        return new EngineLimits(maxPayload, total, perAddress, queueBytes);
    }

    /** With another bound on what may wait for a session, in bytes. */
    public EngineLimits withQueueBytes(int bytes) {
        return new EngineLimits(maxPayload, maxSessions, maxSessionsPerAddress, bytes);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
