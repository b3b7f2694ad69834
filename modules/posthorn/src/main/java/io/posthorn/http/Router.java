package io.posthorn.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the handler of a request by its path and method. Routes may be added at any time, from any thread.
 *
 * <p>A route is written as a path, or as a method and a path: {@code /chat/{room}}, {@code GET /prices/{symbol}}. {@code
 * {name}} stands for one segment, {@code {name...}} at the end for the rest. What says more wins: a literal segment over
 * a parameter, one segment over the rest, a route with a method over one for all. A route for GET answers HEAD too.
 *
 * <p>It answers by itself: 404, 405 with {@code Allow}, CORS preflights by the route's {@link OriginPolicy}, and other
 * OPTIONS where no route wants them.
 */
public final class Router implements HttpHandler {
    private static final String ANY_METHOD = "*";
    private static final List<String> EVERY_METHOD =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** RFC 9110 9.2.1: these change nothing, so that a page of another origin may at most read what CORS lets it. */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private static final HttpResponse NOT_FOUND = HttpResponse.text(404, "There is nothing here.\n");

    private record Route(RoutePattern pattern, String method, OriginPolicy policy, HttpHandler handler) {
        boolean takes(String requested) {
            return method.equals(ANY_METHOD)
                    || method.equals(requested)
                    || (method.equals("GET") && requested.equals("HEAD"));
        }
    }

    /** In the order in which they are tried. */
    private volatile List<Route> routes = List.of();

    /** Adds a route for pages of the same origin. */
    public Router route(String route, HttpHandler handler) {
        return route(route, OriginPolicy.sameOrigin(), handler);
    }

    /**
     * Adds a route.
     *
     * @param route a path, or a method, a space and a path
     * @param policy which pages may use it
     * @throws IllegalArgumentException where the route is malformed, or matches what another one matches already
     */
    public synchronized Router route(String route, OriginPolicy policy, HttpHandler handler) {
        int space = route.indexOf(' ');
        String method = space < 0 ? ANY_METHOD : route.substring(0, space);
        if (space >= 0 && !Tokens.isToken(method)) {
            throw new IllegalArgumentException("A route is a path, or a method, a space and a path: " + route);
        }
        if (!method.equals(method.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("A route's method is written in capitals, as on the wire: " + route);
        }
        Route added = new Route(
                RoutePattern.parse(route.substring(space + 1)), method, policy, Objects.requireNonNull(handler));
        List<Route> all = new ArrayList<>(routes);
        for (Route other : all) {
            if (other.method.equals(method) && other.pattern.isSameAs(added.pattern)) {
                throw new IllegalArgumentException("The route " + route + " matches the same requests as "
                        + (space < 0 ? "" : method + " ") + other.pattern.text() + ", which is there already");
            }
        }
        all.add(added);
        // Among routes of one pattern those with a method come first: "*" sorts before every letter.
        all.sort(Comparator.comparing(Route::pattern).thenComparing(Route::method, Comparator.reverseOrder()));
        routes = Collections.unmodifiableList(all);
        return this;
    }

    @Override
    public void handle(HttpExchange exchange) throws Exception {
        List<String> segments = exchange.request().segments();
        List<Route> matching = matching(exchange.request());
        if (matching.isEmpty()) {
            // RFC 9110 9.3.7: an asterisk asks about the server as a whole.
            exchange.respond(segments.isEmpty() ? HttpResponse.of(204) : NOT_FOUND);
            return;
        }
        Optional<String> preflighted = exchange.header("Access-Control-Request-Method");
        if (exchange.method().equals("OPTIONS") && preflighted.isPresent()) {
            Route route = find(matching, preflighted.get()).orElse(matching.get(0));
            exchange.respond(route.policy.preflight(exchange, allowed(matching)));
            return;
        }
        Optional<Route> route = find(matching, exchange.method());
        if (route.isEmpty()) {
            exchange.respond(notAllowed(exchange, matching));
            return;
        }
        exchange.matched(route.get().pattern.parameters(segments), route.get().policy);
        if (!SAFE_METHODS.contains(exchange.method()) && !route.get().policy.allows(exchange)) {
            // A form or a simple fetch needs no preflight: without this, any page could make the request.
            exchange.respond(HttpResponse.text(403, "This origin may not use this path.\n"));
            return;
        }
        route.get().handler.handle(exchange);
    }

    @Override
    public Runnable announce(HttpRequest head) {
        List<Route> matching = matching(head);
        return find(matching, head.method())
                .map(route -> route.handler.announce(head))
                .orElse(() -> {});
    }

    private List<Route> matching(HttpRequest request) {
        List<String> segments = request.segments();
        return routes.stream().filter(route -> route.pattern.matches(segments)).toList();
    }

    private static Optional<Route> find(List<Route> routes, String method) {
        return routes.stream().filter(route -> route.takes(method)).findFirst();
    }

    private static HttpResponse notAllowed(HttpExchange exchange, List<Route> matching) {
        HttpResponse response = exchange.method().equals("OPTIONS")
                ? HttpResponse.of(204)
                : HttpResponse.text(405, "This method is not for this path.\n");
        return response.header("Allow", allowed(matching));
    }

    private static String allowed(List<Route> matching) {
        Set<String> methods = new TreeSet<>();
        for (Route route : matching) {
            methods.addAll(route.method.equals(ANY_METHOD) ? EVERY_METHOD : List.of(route.method, "OPTIONS"));
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
