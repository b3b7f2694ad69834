/** The front door: {@code Posthorn} takes options and routes, listens and closes. */
@NullMarked
package io.posthorn;

import org.jspecify.annotations.NullMarked;
