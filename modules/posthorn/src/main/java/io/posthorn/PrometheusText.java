package io.posthorn;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Writes figures in Prometheus' text exposition format, version 0.0.4. */
final class PrometheusText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();
    private final Set<String> described = new HashSet<>();

    /** A figure that only grows. */
    PrometheusText counter(String name, String help, long value) {
        return describe(name, "counter", help).sample(name, "", value);
    }

    /** One of the figures that a label tells apart; the first of them describes all. */
    PrometheusText counter(String name, String help, Label label, long value) {
        return describe(name, "counter", help).sample(name, label.text(), value);
    }

    /** A figure that goes up and down. */
    PrometheusText gauge(String name, String help, long value) {
        return describe(name, "gauge", help).sample(name, "", value);
    }

    /** One of such figures that a label tells apart; the first of them describes all. */
    PrometheusText gauge(String name, String help, Label label, long value) {
        return describe(name, "gauge", help).sample(name, label.text(), value);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * What tells one sample of a figure from another.
     *
     * @param name letters, digits and underscores
     * @param value without quotes, backslashes and line ends; written in lower case
     */
    record Label(String name, String value) {
        private String text() {
            return "{" + name + "=\"" + value.toLowerCase(Locale.ROOT) + "\"}";
        }
    }

    private PrometheusText describe(String name, String type, String help) {
        if (described.add(name)) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        }
        return this;
    }

    private PrometheusText sample(String name, String labels, long value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
        return this;
    }
}
