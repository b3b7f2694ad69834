package io.posthorn.bench;

import java.util.Arrays;

/** The values of one figure over several runs. A run may lack it. */
final class Sample {
    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of these values, but for those that are not a number. */
    static Sample of(double... values) {
        return new Sample(Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray());
    }

    int size() {
        return sorted.length;
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    /** The middle value, of an even number the mean of both in the middle; NaN of none. */
    double median() {
        if (isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return isEmpty() ? Double.NaN : sorted[0];
    }

    double most() {
        return isEmpty() ? Double.NaN : sorted[sorted.length - 1];
    }
}
