package io.posthorn.http;

import io.posthorn.http.FileSource.Content;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers with files: from the class path, which are kept in memory once they were asked for, or from a folder, which are
 * read anew each time. Neither is read on a loop. Immutable, for all threads.
 *
 * <p>A folder is answered with its {@code index.html}, and a folder without the slash at its end with a redirection to
 * the one with. A file {@code name.gz} beside {@code name} is what clients get that accept gzip. Names that begin with a
 * dot are hidden, but for {@code .well-known}.
 */
public final class StaticFiles implements HttpHandler {
    /** The path parameter that names the file: its route ends with {@code {path...}}. */
    public static final String PATH_PARAMETER = "path";

    private static final HttpResponse NOT_FOUND = HttpResponse.text(404, "There is no such file.\n");

    private final FileSource source;
    private final HttpResponse template;
    private final String cacheControl;
    private final Map<String, StaticFile> loaded = new ConcurrentHashMap<>();

    private StaticFiles(FileSource source, HttpResponse template, String cacheControl) {
        this.source = source;
        this.template = template;
        this.cacheControl = cacheControl;
    }

    /**
     * Files of the class path.
     *
     * @param root a folder there, such as {@code web/pages}
     * @throws IllegalArgumentException where it is the root of the class path
     */
    public static StaticFiles fromClassPath(String root) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return fromClassPath(context == null ? StaticFiles.class.getClassLoader() : context, root);
    }

    /** Files of the class path as one loader sees it; see {@link #fromClassPath(String)}. */
    public static StaticFiles fromClassPath(ClassLoader loader, String root) {
        return of(new ClassPathSource(loader, root));
    }

    /**
     * Files of a folder.
     *
     * @throws IOException where there is no such folder
     */
    public static StaticFiles fromFolder(Path folder) throws IOException {
        return of(new FolderSource(folder));
    }

    /**
     * These files with one header more, such as {@code Content-Security-Policy}.
     *
     * @throws IllegalArgumentException where name or value are not allowed in a header
     */
    public StaticFiles withHeader(String name, String value) {
        return new StaticFiles(source, template.header(name, value), cacheControl);
    }

    /**
     * These files with another {@code Cache-Control}; {@code no-cache} by default, by which browsers keep them and ask
     * each time whether they have changed.
     */
    public StaticFiles withCacheControl(String value) {
        return new StaticFiles(source, template, value);
    }

    @Override
    public void handle(HttpExchange exchange) {
        Optional<String> name = exchange.pathParameter(PATH_PARAMETER).flatMap(StaticFiles::fileName);
        if (name.isEmpty()) {
            exchange.respond(NOT_FOUND);
            return;
        }
        StaticFile file = loaded.get(name.get());
        if (file != null) {
            exchange.respond(file.answer(exchange));
        } else {
            exchange.handOver(blocking -> blocking.respond(find(blocking, name.get())));
        }
    }

    private HttpResponse find(HttpExchange exchange, String name) throws IOException {
        StaticFile file = find(name);
        if (file != null) {
            return file.answer(exchange);
        }
        boolean isFolder = source.find(name + "/index.html") != null;
        return isFolder ? HttpResponse.redirect(308, withSlash(exchange.target())) : NOT_FOUND;
    }

    private @Nullable StaticFile find(String name) throws IOException {
        Content content = source.find(name);
        if (content == null) {
            return null;
        }
        HttpResponse response = template.header("Cache-Control", cacheControl);
        StaticFile file = StaticFile.of(MediaTypes.of(name), content, source.find(name + ".gz"), response);
        if (source.isImmutable()) {
            loaded.put(name, file);
        }
        return file;
    }

    /** The file that a decoded path means; nothing where a segment could mean another place to some file system. */
    private static Optional<String> fileName(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        int last = segments.size() - 1;
        if (segments.get(last).isEmpty()) {
            segments.set(last, "index.html");
        }
        return segments.stream().allMatch(StaticFiles::isPlainName)
                ? Optional.of(String.join("/", segments))
                : Optional.empty();
    }

    private static boolean isPlainName(String segment) {
        boolean hidden = segment.startsWith(".") && !segment.equals(".well-known");
        return !segment.isEmpty()
                && !hidden
                && segment.chars().allMatch(c -> c >= ' ' && c != '\\' && c != ':' && c != 0x7f);
    }

    /** Relative, so that it names no host whatever the target looks like. */
    private static String withSlash(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return "./" + path.substring(path.lastIndexOf('/') + 1) + "/" + target.substring(path.length());
    }

    private static StaticFiles of(FileSource source) {
        return new StaticFiles(source, HttpResponse.of(200).header("X-Content-Type-Options", "nosniff"), "no-cache");
    }
}
