package io.posthorn.transport;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * A place in a sequence of messages: behind the message of that number. Opaque to clients, for whom it is {@code
 * <epoch>-<n>}.
 *
 * @param epoch tells one beginning of a sequence from all others: letters and digits
 * @param number how many messages the epoch had when this one was the last; 0 is before the first
 */
public record Cursor(String epoch, long number) {
    private static final int MAX_EPOCH = 32;
    /** So many digits always fit into a long. */
    private static final int MAX_DIGITS = 18;

    private static final int EPOCH_LENGTH = 8;
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the epoch is not made of 1 to 32 letters and digits, or the number negative
     */
    public Cursor {
        if (!isEpoch(epoch) || number < 0) {
            throw new IllegalArgumentException("not a cursor: " + epoch + "-" + number);
        }
    }

    /** The beginning of a new epoch. */
    public static Cursor ofNewEpoch() {
        StringBuilder epoch = new StringBuilder(EPOCH_LENGTH);
        for (int i = 0; i < EPOCH_LENGTH; i++) {
            epoch.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new Cursor(epoch.toString(), 0);
    }

    /** The cursor that a client has sent, or nothing where it is none. */
    public static Optional<Cursor> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        String epoch = text.substring(0, dash);
        String number = text.substring(dash + 1);
        return isEpoch(epoch) && isNumber(number)
                ? Optional.of(new Cursor(epoch, Long.parseLong(number)))
                : Optional.empty();
    }

    /** The cursor of another message of this epoch. */
    public Cursor at(long other) {
        return new Cursor(epoch, other);
    }

    /** As clients see it. */
    @Override
    public String toString() {
        return epoch + "-" + number;
    }

    private static boolean isEpoch(String text) {
        return !text.isEmpty() && text.length() <= MAX_EPOCH && text.chars().allMatch(Cursor::isLetterOrDigit);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
