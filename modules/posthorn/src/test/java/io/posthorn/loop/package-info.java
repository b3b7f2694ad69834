/** Tests of {@code io.posthorn.loop}: {@code CountingLoop} is a loop that counts its wake-ups. */
@NullMarked
package io.posthorn.loop;

import org.jspecify.annotations.NullMarked;
