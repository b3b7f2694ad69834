/**
 * JSON (RFC 8259), and the only place that knows Jackson.
 *
 * <p>{@link io.posthorn.json.Json} turns the application's values into bytes and back, and checks bytes that are only
 * passed on; what a peer sent wrong is a {@link io.posthorn.json.JsonException}. {@link
 * io.posthorn.json.JsonObjectWriter} writes small objects by hand, around JSON that was checked before. {@code Utf8}
 * keeps all of it to UTF-8, which Jackson alone does not check strictly.
 */
@NullMarked
package io.posthorn.json;

import org.jspecify.annotations.NullMarked;
