/** Tests of the front door. */
@NullMarked
package io.posthorn;

import org.jspecify.annotations.NullMarked;
