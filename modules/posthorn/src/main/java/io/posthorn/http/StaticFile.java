package io.posthorn.http;

import io.posthorn.http.FileSource.Content;
import io.posthorn.http.FileSource.Loaded;
import io.posthorn.http.FileSource.OnDisk;
import org.jspecify.annotations.Nullable;

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
        HttpRequest request = exchange.request();
        Form form = gzip != null && request.acceptsCoding("gzip") ? gzip : plain;
        return request.hasCached(form.etag) ? form.notModified : form.full;
    }

    private static String etag(Content content, String suffix) {
        return "\"" + content.version() + suffix + "\"";
    }
}
