package io.posthorn.socketio;

/** A call into the application. */
@FunctionalInterface
interface UserCode {
    void run() throws Exception;
}
