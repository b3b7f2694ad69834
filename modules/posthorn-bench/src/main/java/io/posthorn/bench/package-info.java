/**
 * {@code ./bench}: Posthorn and its peers on one machine, each as a process of its own, in turn under the same load.
 *
 * <p>{@link io.posthorn.bench.Bench} is the command. What is measured is data: {@code Cases} with their {@code Goal}s, and
 * {@code Servers}. {@code Schedule} says which runs are missing, {@code Measuring} makes them with {@code ServerProcess}
 * and {@code LoadGenerator}, and each lies in the {@code RunLog} at once. {@code CaseRuns} is what the log has of a case;
 * {@code Judge} holds it against the goals, and {@code MarkdownReport}, {@code JsonReport} and the plots show it.
 */
@NullMarked
package io.posthorn.bench;

import org.jspecify.annotations.NullMarked;
