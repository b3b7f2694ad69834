/** Tests of {@code io.posthorn.transport}: {@code EventStream} reads server-sent events as a browser does. */
@NullMarked
package io.posthorn.transport;

import org.jspecify.annotations.NullMarked;
