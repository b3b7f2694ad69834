/**
 * What {@code ./posthorn conformance} serves to suites that people have written elsewhere. A {@link
 * io.posthorn.playground.conformance.Profile} is one fixture, a class each; {@code Unlimited} is what all but the benchmarks'
 * have in common.
 */
@NullMarked
package io.posthorn.playground.conformance;

import org.jspecify.annotations.NullMarked;
