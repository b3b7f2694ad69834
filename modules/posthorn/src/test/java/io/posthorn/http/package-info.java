/** Tests of {@code io.posthorn.http}: {@code TestServer} is a server on a free port, {@code RawClient} a bare socket. */
@NullMarked
package io.posthorn.http;

import org.jspecify.annotations.NullMarked;
