package io.posthorn.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which web pages may use a path from their browser, judged by the page's origin. The same policy answers CORS preflights
 * (WHATWG Fetch 3.2), gives HTTP answers their headers, and guards WebSocket handshakes. Immutable.
 *
 * <p>A request without {@code Origin} passes: it comes from no page. {@code Origin: null}, which sandboxed frames and
 * local files send, passes {@link #any} only.
 */
public final class OriginPolicy {
    private static final String MAX_AGE_SECONDS = "600";
    private static final OriginPolicy SAME_ORIGIN = new OriginPolicy(Kind.SAME_ORIGIN, Set.of(), false);
    private static final OriginPolicy ANY = new OriginPolicy(Kind.ANY, Set.of(), false);

    private enum Kind {
        SAME_ORIGIN,
        LISTED,
        ANY
    }

    private final Kind kind;
    private final Set<String> listed;
    private final boolean credentials;

    private OriginPolicy(Kind kind, Set<String> listed, boolean credentials) {
        this.kind = kind;
        this.listed = listed;
        this.credentials = credentials;
    }

    /** Only pages of the server itself; the default. No CORS header is sent. */
    public static OriginPolicy sameOrigin() {
        return SAME_ORIGIN;
    }

    /** Every page, without credentials. */
    public static OriginPolicy any() {
        return ANY;
    }

    /**
     * Pages of the server itself and of these origins, without credentials.
     *
     * @param origins each {@code scheme://host} or {@code scheme://host:port}
     * @throws IllegalArgumentException where one is something else, or there is none
     */
    public static OriginPolicy of(String... origins) {
        if (origins.length == 0) {
            throw new IllegalArgumentException("Name at least one origin, or use sameOrigin()");
        }
        Set<String> listed = Arrays.stream(origins).map(Origins::normalize).collect(Collectors.toUnmodifiableSet());
        return new OriginPolicy(Kind.LISTED, listed, false);
    }

    /**
     * This policy, with cookies and other credentials for the origins that it names.
     *
     * @throws IllegalArgumentException where it names none
     */
    public OriginPolicy withCredentials() {
        if (kind != Kind.LISTED) {
            throw new IllegalArgumentException("Credentials are for origins that are listed by name");
        }
        return new OriginPolicy(kind, listed, true);
    }

    /** Whether the page that a request comes from may make it. */
    public boolean allows(HttpExchange exchange) {
        Optional<String> origin = exchange.header("Origin");
        return origin.isEmpty() || kind == Kind.ANY || isSameOrigin(exchange, origin.get()) || isListed(origin.get());
    }

    /** Whether an origin is that of the server itself, as the client of this exchange knows it. */
    public static boolean isSameOrigin(HttpExchange exchange, String origin) {
        String scheme = exchange.isSecure() ? "https" : "http";
        return !exchange.host().isEmpty() && comparable(origin).equals(Origins.of(scheme, exchange.host()));
    }

    /**
     * Who may show a path in a frame, as the value of the {@code frame-ancestors} directive of {@code
     * Content-Security-Policy}: {@code 'self'}, {@code 'self' https://a.example} with all listed origins, sorted, or
     * {@code *}.
     */
    public String frameAncestors() {
        return switch (kind) {
            case SAME_ORIGIN -> "'self'";
            case ANY -> "*";
            case LISTED -> "'self' " + listed.stream().sorted().collect(Collectors.joining(" "));
        };
    }

    /**
     * The {@code targetOrigin} with which a frame may call {@code postMessage} towards a page of another origin.
     *
     * @param origin where that page says that it comes from; not trusted
     * @return {@code *} where every page may know; the origin where it is listed, as it was normalized; else nothing
     */
    public Optional<String> messageTarget(String origin) {
        return switch (kind) {
            case SAME_ORIGIN -> Optional.empty();
            case ANY -> Optional.of("*");
            case LISTED -> Optional.of(comparable(origin)).filter(listed::contains);
        };
    }

    /** The answer with the CORS headers that this policy gives it. */
    HttpResponse apply(HttpRequest request, HttpResponse response) {
        return switch (kind) {
            case SAME_ORIGIN -> response;
            case ANY -> response.header("Access-Control-Allow-Origin", "*");
            case LISTED -> applyListed(request, varyByOrigin(response));
        };
    }

    /** The answer to a preflight. */
    HttpResponse preflight(HttpExchange exchange, String methods) {
        HttpRequest request = exchange.request();
        if (!allows(exchange)) {
            return apply(request, HttpResponse.text(403, "This origin may not use this path.\n"));
        }
        HttpResponse response = apply(request, HttpResponse.of(204))
                .header("Access-Control-Allow-Methods", methods)
                .header("Access-Control-Max-Age", MAX_AGE_SECONDS);
        Optional<String> headers = request.header("Access-Control-Request-Headers");
        return headers.map(names -> response.header("Access-Control-Allow-Headers", names))
                .orElse(response);
    }

    /** RFC 9110 12.5.5: an asterisk covers all. */
    private static HttpResponse varyByOrigin(HttpResponse response) {
        boolean varies = response.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Vary"))
                .flatMap(header -> Arrays.stream(header.getValue().split(",")))
                .map(String::strip)
                .anyMatch(name -> name.equalsIgnoreCase("Origin") || name.equals("*"));
        return varies ? response : response.header("Vary", "Origin");
    }

    private HttpResponse applyListed(HttpRequest request, HttpResponse response) {
        Optional<String> origin = request.header("Origin").filter(this::isListed);
        if (origin.isEmpty()) {
            return response;
        }
        HttpResponse allowed = response.header("Access-Control-Allow-Origin", origin.get());
        return credentials ? allowed.header("Access-Control-Allow-Credentials", "true") : allowed;
    }

    private boolean isListed(String origin) {
        return listed.contains(comparable(origin));
    }

    private static String comparable(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int end = lower.indexOf("://");
        return end < 0 ? lower : Origins.of(lower.substring(0, end), lower.substring(end + 3));
    }
}
