package io.posthorn.socketio;

/** What an application does with failures of its own handlers, and with arguments that did not fit their type. */
@FunctionalInterface
public interface ErrorHandler {
    /** Something failed, on the thread where it did; what this throws itself is only logged. */
    void onError(Socket socket, Throwable failure);
}
