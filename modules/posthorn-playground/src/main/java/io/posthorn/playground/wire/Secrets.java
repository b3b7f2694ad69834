package io.posthorn.playground.wire;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What nobody may guess, and what nobody is shown. Safe for all threads. */
public final class Secrets {
    private static final int TOKEN_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> HEADERS = Set.of("cookie", "authorization", "proxy-authorization", "set-cookie");

    private Secrets() {}

    /** A new token: 128 random bits as 22 characters of base64url. */
    public static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * A head with {@code …} in the place of cookies and credentials.
     *
     * @param head lines that end with LF
     * @return the lines, without the end of the last one
     */
    public static String hidden(String head) {
        return Arrays.stream(head.strip().split("\n", -1))
                .map(Secrets::hiddenLine)
                .collect(Collectors.joining("\n"));
    }

    private static String hiddenLine(String line) {
        int colon = line.indexOf(':');
        boolean secret = colon > 0 && HEADERS.contains(line.substring(0, colon).toLowerCase(Locale.ROOT));
        return secret ? line.substring(0, colon) + ": …" : line;
    }
}
