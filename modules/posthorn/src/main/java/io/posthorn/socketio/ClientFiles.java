package io.posthorn.socketio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpRequest;
import io.posthorn.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The official client for browsers, as scripts and their source maps, out of the library's jar. For all threads; a file is
 * read when it is asked for first, as a class is loaded, and stays in memory. Holds nothing that must be closed.
 *
 * <p>A build without Node.js has no client: each name is answered with 404 then, and a sentence that says how to get one.
 */
final class ClientFiles {
    private static final Set<String> NAMES = Set.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map",
            "socket.io.msgpack.min.js",
            "socket.io.msgpack.min.js.map");

    private static final HttpResponse NO_CLIENT = HttpResponse.text(
                    404,
                    "This build of Posthorn has no client in it, because it was built with -DskipClient. Build it without"
                            + " that option, with Node.js and npm on the PATH, or bundle socket.io-client from npm with"
                            + " your page.\n")
            .header("Cache-Control", "no-store");
    private static final HttpResponse NOT_ALLOWED =
            HttpResponse.text(405, "The client can only be read.\n").header("Allow", "GET, HEAD");

    private final String folder;
    private final @Nullable String etag;
    private final Map<String, ClientFile> loaded = new ConcurrentHashMap<>();

    /** The files of this library. */
    ClientFiles() {
        this("client");
    }

    /**
     * Files elsewhere.
     *
     * @param folder from this package in the class path, without a slash at its end; it may be missing
     */
    ClientFiles(String folder) {
        this.folder = folder;
        byte[] version = read("version");
        this.etag = version == null ? null : "\"" + new String(version, StandardCharsets.UTF_8) + "\"";
    }

    /** Whether a path with this as its last segment means the client, be it there or not. */
    boolean serves(String lastSegment) {
        return NAMES.contains(lastSegment);
    }

    /**
     * The answer to a request for a file that {@linkplain #serves is served}.
     *
     * @throws IllegalArgumentException where it is not
     */
    HttpResponse answer(HttpExchange exchange) {
        String path = exchange.path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!serves(name)) {
            throw new IllegalArgumentException("The client has no file " + name);
        }
        HttpRequest request = exchange.request();
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return NOT_ALLOWED;
        }
        return etag == null ? NO_CLIENT : answer(request, name, etag);
    }

    private HttpResponse answer(HttpRequest request, String name, String tag) {
        ClientFile file = loaded.computeIfAbsent(name, this::load);
        // One tag for both codings, as the reference has it. RFC 9110 8.8.3 would have two, for those who ask for
        // ranges,
        // which nobody can here; caches tell the codings apart by Vary.
        HttpResponse head = HttpResponse.of(request.hasCached(tag) ? 304 : 200)
                .header("Cache-Control", "public, max-age=0")
                .header("ETag", tag)
                .header("Vary", "Accept-Encoding")
                .header("X-Content-Type-Options", "nosniff");
        if (head.status() == 304) {
            return head;
        }
        return request.acceptsCoding("gzip")
                ? head.header("Content-Encoding", "gzip").body(file.type, file.gzip)
                : head.body(file.type, file.plain);
    }

    private ClientFile load(String name) {
        byte[] plain = read(name);
        byte[] gzip = read(name + ".gz");
        if (plain == null || gzip == null) {
            throw new IllegalStateException("the client was packed without " + name);
        }
        String type = name.endsWith(".map") ? "application/json" : "application/javascript; charset=utf-8";
        return new ClientFile(type, plain, gzip);
    }

    private byte @Nullable [] read(String name) {
        try (InputStream in = ClientFiles.class.getResourceAsStream(folder + "/" + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name + " of the client", unreadable);
        }
    }

    private static final class ClientFile {
        final String type;
        final byte[] plain;
        final byte[] gzip;

        ClientFile(String type, byte[] plain, byte[] gzip) {
            this.type = type;
            this.plain = plain;
            this.gzip = gzip;
        }
    }
}
