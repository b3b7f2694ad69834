package io.posthorn.engineio;

/**
 * Whether a client may have a session.
 *
 * @param isAllowed whether it may
 * @param message what it is told where it may not
 */
public record Admission(boolean isAllowed, String message) {
    private static final Admission ALLOWED = new Admission(true, "");

    /** It may. */
    public static Admission allowed() {
        return ALLOWED;
    }

    /** It may not, and is told {@code Forbidden}. */
    public static Admission refused() {
        return refused(EngineError.FORBIDDEN.message());
    }

    /** It may not, and is told so in these words. */
    public static Admission refused(String message) {
        return new Admission(false, message);
    }
}
