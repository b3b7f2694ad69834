/** Tests of {@code io.posthorn.socketio.adapter}: {@code TestMember} is a socket that remembers what it was given. */
@NullMarked
package io.posthorn.socketio.adapter;

import org.jspecify.annotations.NullMarked;
