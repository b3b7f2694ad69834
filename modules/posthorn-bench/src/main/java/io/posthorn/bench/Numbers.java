package io.posthorn.bench;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Figures as people read them; a dash where there is none. */
final class Numbers {
    static final String NONE = "–";

    private Numbers() {}

    /** With three digits that mean something. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        String format = size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    static String whole(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : NONE;
    }

    /** A limit as it was written: 0.9, 1.2, 1,300. */
    static String limit(double value) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    /** Microseconds as milliseconds. */
    static String millis(double micros) {
        return of(micros / 1000);
    }

    /** KiB as MiB. */
    static String mebi(double kibi) {
        return whole(kibi / 1024);
    }

    /** The least and the most of several. */
    static String spread(Sample sample) {
        return sample.isEmpty() ? NONE : of(sample.least()) + " to " + of(sample.most());
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * 100) : NONE;
    }
}
