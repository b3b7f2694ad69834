/**
 * JSON (RFC 8259), and the only place that knows Jackson.
 *
 * <p>{@link io.posthorn.json.Json} turns the application's values into bytes and back, and checks bytes that are only
 * passed on; what a peer sent wrong is a {@link io.posthorn.json.JsonException}. {@link io.posthorn.json.JsonElements} are
 * the elements of an array that was checked whole, to be read one by one; {@code JsonScanner} does the common part of that
 * by hand. {@link io.posthorn.json.JsonObjectWriter} and {@link io.posthorn.json.JsonArrayWriter} write by hand into a
 * {@code JsonBuffer}. What is binary travels beside the JSON: {@code BinaryAside} writes what stands in its place, and
 * {@code Placeholders} finds it. {@code Utf8} keeps all of it to UTF-8, which Jackson alone does not check strictly.
 */
@NullMarked
package io.posthorn.json;

import org.jspecify.annotations.NullMarked;
