package io.posthorn.http;

import io.posthorn.http.FileSource.Content;
import io.posthorn.http.FileSource.Loaded;
import io.posthorn.http.FileSource.OnDisk;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The answers that one file gives: as it is, and compressed where there is such a form.
 *
 * @param plain the file as it is
 * @param gzip its compressed form, or null
 */
record StaticFile(Form plain, @Nullable Form gzip) {
    /**
     * One form.
     *
     * @param etag its entity tag, quotes included
     * @param full the answer with the content
     * @param notModified the answer to those who have it
     */
    private record Form(String etag, HttpResponse full, HttpResponse notModified) {
        static Form of(String etag, String type, Content content, HttpResponse template) {
            HttpResponse tagged = template.header("ETag", etag);
            HttpResponse full = content instanceof Loaded bytes
                    ? tagged.body(type, bytes.bytes())
                    : tagged.file(type, (OnDisk) content);
            return new Form(etag, full, tagged.withStatus(304));
        }
    }

    static StaticFile of(String type, Content plain, @Nullable Content gzip, HttpResponse template) {
        if (gzip == null) {
            return new StaticFile(Form.of(etag(plain, ""), type, plain, template), null);
        }
        HttpResponse varying = template.header("Vary", "Accept-Encoding");
        return new StaticFile(
                Form.of(etag(plain, ""), type, plain, varying),
                Form.of(etag(gzip, "-gz"), type, gzip, varying.header("Content-Encoding", "gzip")));
    }

    HttpResponse answer(HttpExchange exchange) {
        Form form = gzip != null && acceptsGzip(String.join(",", exchange.headers("Accept-Encoding"))) ? gzip : plain;
        boolean known = matches(String.join(",", exchange.headers("If-None-Match")), form.etag);
        return known ? form.notModified : form.full;
    }

    /** RFC 9110 13.1.2, by weak comparison. */
    static boolean matches(String ifNoneMatch, String etag) {
        for (String candidate : ifNoneMatch.split(",", -1)) {
            String tag = candidate.trim();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 9110 12.5.3: gzip is named with a weight above zero, or everything is and gzip is not excepted. */
    static boolean acceptsGzip(String acceptEncoding) {
        boolean acceptsAll = false;
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            int end = coding.indexOf(';');
            String name = (end < 0 ? coding : coding.substring(0, end)).trim();
            boolean wanted = end < 0 || !isZero(coding.substring(end + 1).trim());
            if (name.equals("gzip")) {
                return wanted;
            }
            acceptsAll |= name.equals("*") && wanted;
        }
        return acceptsAll;
    }

    private static boolean isZero(String weight) {
        return weight.startsWith("q=") && weight.chars().skip(2).allMatch(c -> c == '0' || c == '.');
    }

    private static String etag(Content content, String suffix) {
        return "\"" + content.version() + suffix + "\"";
    }
}
