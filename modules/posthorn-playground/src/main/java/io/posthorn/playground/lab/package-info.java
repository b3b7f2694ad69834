/**
 * The transport lab's server side. A {@link io.posthorn.playground.lab.Lab} receives visitors; each has a {@code Visit}, the
 * conversation with its page, with {@code Settings} and a {@code Clock} that publishes into a feed of its own.
 */
@NullMarked
package io.posthorn.playground.lab;

import org.jspecify.annotations.NullMarked;
