package io.posthorn.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} are believed. Anybody can send them, so they are
 * ignored unless the server stands behind proxies that set them.
 *
 * @param proxies how many trusted proxies stand before the server, each of which adds its entry at the end; 0 ignores
 *     the headers
 */
public record ForwardedHeaders(int proxies) {
    private static final ForwardedHeaders IGNORED = new ForwardedHeaders(0);

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException where it is negative
     */
    public ForwardedHeaders {
        if (proxies < 0) {
            throw new IllegalArgumentException("The number of trusted proxies must not be negative: " + proxies);
        }
    }

    /** Nobody is believed; the default. */
    public static ForwardedHeaders ignored() {
        return IGNORED;
    }

    /** One proxy stands before the server, and its word is taken. */
    public static ForwardedHeaders trusted() {
        return new ForwardedHeaders(1);
    }

    boolean areTrusted() {
        return proxies > 0;
    }

    /** The peer as these headers change it. */
    Peer apply(Peer direct, HttpHeaders headers) {
        if (!areTrusted()) {
            return direct;
        }
        InetSocketAddress address = parseAddress(entry(headers, "x-forwarded-for"));
        String scheme = entry(headers, "x-forwarded-proto");
        String host = entry(headers, "x-forwarded-host");
        return new Peer(
                address == null ? direct.address() : address,
                scheme == null ? direct.secure() : scheme.equalsIgnoreCase("https"),
                host == null || !Origins.isAuthority(host) ? direct.host() : host);
    }

    /**
     * What the outermost trusted proxy wrote: counted from the end, since what stands before may come from anybody. A
     * list shorter than that has its first entry from a trusted proxy too.
     */
    private @Nullable String entry(HttpHeaders headers, String name) {
        List<String> entries = new ArrayList<>(2);
        for (String value : headers.getAll(name)) {
            for (String entry : value.split(",", -1)) {
                entries.add(entry.trim());
            }
        }
        return entries.isEmpty() ? null : entries.get(Math.max(0, entries.size() - proxies));
    }

    /** An IPv4 or IPv6 address, with or without brackets and port; never a name, which would have to be looked up. */
    private static @Nullable InetSocketAddress parseAddress(@Nullable String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(text));
        try {
            return bytes == null ? null : new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }
}
