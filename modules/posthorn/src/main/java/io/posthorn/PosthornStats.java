package io.posthorn;

import io.posthorn.http.HttpStats;

/**
 * What a {@link Posthorn} has counted since it was made.
 *
 * @param http connections, requests, answers, refusals
 */
public record PosthornStats(HttpStats http) {}
