package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages as scripts in a document that does not end, for a frame in a page: each calls a function of the page, or, where
 * the page is of another origin, posts a message to it. For all threads.
 *
 * <pre>
 *   &lt;!doctype html&gt; ... padding, and a script that finds out where it is
 *
 *   &lt;script&gt;
 *   if (sameOrigin &amp;&amp; typeof parent.setTime === "function") parent.setTime("12:00:00",{"id":"k3-8"});
 *   if (otherOrigin) parent.postMessage({feed:"/clock",callback:"setTime",data:"12:00:00",info:{"id":"k3-8"}},"*");
 *   &lt;/script&gt;
 *
 *   &lt;script&gt;location.replace("?cursor=k3-8");&lt;/script&gt;
 * </pre>
 */
public final class IframeFraming {
    /** Browsers begin to parse a document, and to run its scripts, once they have so much of it. */
    private static final int PADDING = 1024;

    private static final String KEEP_ALIVE = "\n";

    // A document that nothing frames calls nothing, whatever name its address holds. A page of another origin is one
    // whose origin may not be read; there is nothing to compare: that of a srcdoc page is "null" even to its own.
    private static final String PRELUDE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>%s</title>
            <!--%s-->
            </head>
            <body>
            <script>
            var sameOrigin = false;
            var otherOrigin = false;
            if (parent !== self) {
              try {
                sameOrigin = Boolean(parent.location.origin);
              } catch (refused) {
              }
              otherOrigin = !sameOrigin;
            }
            </script>
            """;

    private IframeFraming() {}

    /**
     * What a document depends on beside its messages.
     *
     * @param feed the path of what is read, which a page of another origin is told
     * @param callback the function of the page, a {@linkplain IframeFraming#isCallback dotted identifier}
     * @param target which other origin is told, or {@code *} for any; null where a page of another origin is told nothing
     * @param frameAncestors whose pages may hold the frame: source expressions of a Content-Security-Policy
     * @param query what the address holds beside the cursor, and holds still when the document begins anew
     */
    public record Options(
            String feed, String callback, @Nullable String target, String frameAncestors, Map<String, String> query) {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException where the callback is none, or the ancestors would end their directive
         */
        public Options {
            if (!isCallback(callback)) {
                throw new IllegalArgumentException("not a callback: " + callback);
            }
            if (frameAncestors.isBlank() || !frameAncestors.chars().allMatch(Options::isOfSources)) {
                throw new IllegalArgumentException("not the sources of frame-ancestors: " + frameAncestors);
            }
            query = Collections.unmodifiableMap(new TreeMap<>(query));
        }

        private static boolean isOfSources(int c) {
            return c >= ' ' && c <= '~' && c != ';' && c != ',';
        }
    }

    /** What a message's bytes depend on. Not the query: who makes one up would make others pay for a form of its own. */
    private record Key(
            Content content,
            String feed,
            String callback,
            @Nullable String target) {}

    /** Whether this may be the name of a callback: identifiers with dots between them, and none that is dangerous. */
    public static boolean isCallback(String name) {
        return CallbackName.isValid(name);
    }

    /**
     * A framing.
     *
     * @param content what stands in the data
     */
    public static Framing of(Content content, Options options) {
        return new Framing(new Framing.Parts(
                TransportType.IFRAME,
                new Key(content, options.feed, options.callback, options.target),
                headers(options),
                PRELUDE.formatted(escape(options.feed), " ".repeat(PADDING)),
                message -> wrap(content, options, message),
                KEEP_ALIVE,
                last -> end(options, last),
                content.isEnvelope()));
    }

    private static Map<String, String> headers(Options options) {
        return Map.of(
                "Content-Type", "text/html; charset=utf-8",
                "X-Content-Type-Options", "nosniff",
                "Content-Security-Policy",
                        "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors " + options.frameAncestors,
                "Cache-Control", "no-store, no-transform",
                "X-Accel-Buffering", "no");
    }

    private static String wrap(Content content, Options options, Message message) {
        Payload payload = content.of(message);
        if (payload == null) {
            return "";
        }
        boolean isBinary = payload.kind() == Payload.Kind.BINARY;
        String data = isBinary
                ? '"' + Base64.getEncoder().encodeToString(payload.bytes()) + '"'
                : ScriptJson.quote(payload.text());
        String info = ScriptJson.info(message, isBinary);
        StringBuilder script = new StringBuilder("<script>\n");
        call(script, options.callback, data, info);
        if (options.target != null) {
            post(script, options, data, info);
        }
        return script.append("</script>\n").toString();
    }

    /** A callback that is missing is ignored, also in part: an exception of its own is the page's to see. */
    private static void call(StringBuilder script, String callback, String data, String info) {
        script.append("if (sameOrigin");
        for (int dot = callback.indexOf('.'); dot >= 0; dot = callback.indexOf('.', dot + 1)) {
            script.append(" && parent.").append(callback, 0, dot);
        }
        script.append(" && typeof parent.").append(callback).append(" === \"function\") ");
        script.append("parent.").append(callback);
        script.append('(').append(data).append(',').append(info).append(");\n");
    }

    private static void post(StringBuilder script, Options options, String data, String info) {
        script.append("if (otherOrigin) parent.postMessage({feed:").append(ScriptJson.quote(options.feed));
        script.append(",callback:\"").append(options.callback).append('"');
        script.append(",data:").append(data).append(",info:").append(info).append("},");
        script.append(ScriptJson.quote(String.valueOf(options.target))).append(");\n");
    }

    /** The same path again, relative to where the document is, so that it works below a proxy's prefix too. */
    private static String end(Options options, @Nullable Cursor last) {
        StringBuilder address = new StringBuilder();
        options.query.forEach((name, value) -> parameter(address, name, value));
        if (last != null) {
            parameter(address, "cursor", last.toString());
        }
        String again = address.isEmpty() ? "?" : address.toString();
        return "<script>location.replace(" + ScriptJson.quote(again) + ");</script>\n";
    }

    private static void parameter(StringBuilder address, String name, String value) {
        address.append(address.isEmpty() ? '?' : '&');
        address.append(encode(name)).append('=').append(encode(value));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
