/** The program that people start: a page that shows what travels over each connection. */
@NullMarked
package io.posthorn.playground;

import org.jspecify.annotations.NullMarked;
