package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ids of 120 random bits, in 20 characters that stand in a URL as they are. */
final class RandomSessionIds implements SessionIds {
    private static final int BYTES = 15;

    private final SecureRandom random = new SecureRandom();

    @Override
    public CompletionStage<String> next(HttpRequest handshake) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return CompletableFuture.completedFuture(
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
