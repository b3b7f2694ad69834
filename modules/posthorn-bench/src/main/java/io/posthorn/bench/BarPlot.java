package io.posthorn.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Horizontal bars with their values and spreads, as SVG without scripts, in the colours that the reader prefers.
 *
 * @param unit what stands below the title
 */
record BarPlot(String title, String unit, List<Bar> bars) {
    private static final int ROW = 30;
    private static final int BAR = 16;
    private static final int TOP = 66;
    private static final int PLOT = 420;
    private static final int MARGIN = 16;
    private static final int VALUE = 96;

    // Of the font at 13 pixels: rather too much than a label that is cut off.
    private static final double LETTER = 7.4;

    private static final String STYLE = """
            <style>
              .ground { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #1f2328 }
              .title { font-size: 16px; font-weight: 600 } .unit { fill: #59636e }
              .peer { fill: #b9c1cb } .peer-part { fill: #8b96a3 } .ours { fill: #f2a65a } .ours-part { fill: #d9772b }
              .spread { stroke: #1f2328; stroke-width: 1.2 } .mark { stroke: #c4314b; stroke-width: 2.4 }
              .axis { stroke: #d1d9e0 }
              @media (prefers-color-scheme: dark) {
                .ground { fill: #0d1117 } text { fill: #e6edf3 } .unit { fill: #9198a1 }
                .peer { fill: #4a5460 } .peer-part { fill: #6e7b8a } .ours { fill: #b8641f } .ours-part { fill: #f0954a }
                .spread { stroke: #e6edf3 } .mark { stroke: #ff7b8f } .axis { stroke: #30363d }
              }
            </style>
            """;

    /**
     * One bar, as long as the median.
     *
     * @param part of it that is drawn darker, or NaN
     * @param mark where a line crosses it, or NaN
     */
    record Bar(String label, Sample sample, double part, double mark, boolean isOurs) {
        double value() {
            return sample.median();
        }
    }

    String svg() {
        double left = left();
        double width = Math.max(left + PLOT + VALUE + MARGIN, 2 * MARGIN + textWidth());
        double height = TOP + (double) ROW * bars.size() + MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append(format("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %s %s'", width, height));
        svg.append(format(" width='%s' height='%s' role='img'>\n", width, height));
        svg.append("<title>").append(escape(title)).append("</title>\n").append(STYLE);
        svg.append(format("<rect class='ground' width='%s' height='%s'/>\n", width, height));
        svg.append(text("title", MARGIN, 28, title)).append(text("unit", MARGIN, 49, unit));
        svg.append(line("axis", left, TOP - 4, left, height - MARGIN));
        for (int row = 0; row < bars.size(); row++) {
            draw(svg, bars.get(row), left, TOP + (double) row * ROW);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, Bar bar, double left, double top) {
        Sample sample = bar.sample();
        double middle = top + BAR / 2.0;
        double right = left + length(Math.max(sample.most(), Double.isNaN(bar.mark()) ? 0 : bar.mark()));
        svg.append(text("label", MARGIN, middle + 4.5, bar.label()));
        svg.append(rect(bar.isOurs() ? "ours" : "peer", left, top, length(bar.value())));
        if (!Double.isNaN(bar.part())) {
            svg.append(rect(bar.isOurs() ? "ours-part" : "peer-part", left, top, length(bar.part())));
        }
        double least = left + length(sample.least());
        double most = left + length(sample.most());
        svg.append(line("spread", least, middle, most, middle));
        svg.append(line("spread", least, middle - 4, least, middle + 4));
        svg.append(line("spread", most, middle - 4, most, middle + 4));
        if (!Double.isNaN(bar.mark())) {
            double mark = left + length(bar.mark());
            svg.append(line("mark", mark, top - 4, mark, top + BAR + 4));
        }
        svg.append(text("value", right + 8, middle + 4.5, Numbers.of(bar.value())));
    }

    private double left() {
        int letters = bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
        return 2 * MARGIN + LETTER * letters;
    }

    private double textWidth() {
        return LETTER * Math.max(unit.length(), title.length() * 1.3);
    }

    /** Of a value, in pixels: the greatest of all takes the whole width. */
    private double length(double value) {
        double greatest = bars.stream()
                .mapToDouble(bar -> Math.max(bar.sample().most(), Double.isNaN(bar.mark()) ? 0 : bar.mark()))
                .max()
                .orElse(1);
        return greatest > 0 ? Math.max(0, value) / greatest * PLOT : 0;
    }

    private static String rect(String style, double x, double y, double width) {
        return format("<rect class='" + style + "' x='%s' y='%s' width='%s' height='%s' rx='2'/>\n", x, y, width, BAR);
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return format("<line class='" + style + "' x1='%s' y1='%s' x2='%s' y2='%s'/>\n", x1, y1, x2, y2);
    }

    private static String text(String style, double x, double y, String words) {
        return format("<text class='" + style + "' x='%s' y='%s'>", x, y) + escape(words) + "</text>\n";
    }

    private static String format(String pattern, double... numbers) {
        Object[] words = DoubleStream.of(numbers)
                .mapToObj(number -> String.format(Locale.ROOT, "%.1f", number))
                .toArray();
        return String.format(Locale.ROOT, pattern, words);
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
