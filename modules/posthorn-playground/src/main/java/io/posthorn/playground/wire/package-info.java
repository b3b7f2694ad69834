/** What stood on the wire, as a page is told of it. */
@NullMarked
package io.posthorn.playground.wire;

import org.jspecify.annotations.NullMarked;
