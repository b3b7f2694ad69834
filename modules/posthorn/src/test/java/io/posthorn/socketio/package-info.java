@NullMarked
package io.posthorn.socketio;

import org.jspecify.annotations.NullMarked;
