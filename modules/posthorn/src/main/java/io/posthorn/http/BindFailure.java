package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Says in one sentence why a port cannot be had, and what to change. */
final class BindFailure {
    private BindFailure() {}

    static InetSocketAddress requireResolved(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException(
                    "The host " + address.getHostString() + " is unknown; choose an address of this machine.");
        }
        return address;
    }

    static IOException of(InetSocketAddress address, @Nullable Throwable cause) {
        String message =
                String.valueOf(cause == null ? null : cause.getMessage()).toLowerCase(Locale.ROOT);
        int port = address.getPort();
        if (message.contains("in use")) {
            return new IOException("Port " + port + " is already in use; choose another.", cause);
        }
        if (message.contains("permission denied")) {
            return new IOException("Port " + port + " is not open to this user; choose one above 1023.", cause);
        }
        if (message.contains("assign requested address")) {
            return new IOException(
                    address.getHostString() + " is not an address of this machine; choose one that is.", cause);
        }
        return new IOException("Port " + port + " cannot be opened: " + message + ".", cause);
    }
}
