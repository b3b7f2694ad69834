package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;

import java.util.Map;

/**
 * A request that was refused, as the client was told.
 *
 * @param request what was asked; its target may hold a session's secret id
 * @param code 0 to 5, as Engine.IO has them
 * @param message what the client was told
 * @param context more, for logs: strings, numbers, and the exception where there was one
 */
public record ConnectionError(HttpRequest request, int code, String message, Map<String, Object> context) {}
