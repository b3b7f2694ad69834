package io.posthorn.bench;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;

import static org.assertj.core.api.Assertions.assertThat;

class BarPlotTest {
    private static final BarPlot.Bar SHORT = new BarPlot.Bar("Posthorn", Sample.of(2, 3, 4), 1, Double.NaN, true);
    private static final BarPlot.Bar LONG = new BarPlot.Bar("<peer> & co", Sample.of(6, 6, 8), 2, 7, false);

    @Test
    void aPlotIsWellFormedAndItsWordsAreEscaped() throws Exception {
        Document document = parse(plot(SHORT, LONG));

        assertThat(document.getDocumentElement().getTextContent()).contains("<peer> & co", "Echo", "3.00", "6.00");
    }

    @Test
    void theLongestSpreadTakesTheWholeWidthAndTheRestIsInProportion() {
        List<Double> widths = widths(plot(SHORT, LONG));

        // The ground, then a bar and its part for each.
        assertThat(widths.subList(1, 5)).containsExactly(420.0 * 3 / 8, 420.0 / 8, 420.0 * 6 / 8, 420.0 * 2 / 8);
    }

    @Test
    void bothColourSchemesAreServed() {
        assertThat(plot(SHORT)).contains("@media (prefers-color-scheme: dark)");
    }

    @Test
    void aLongLabelGetsTheRoomThatItNeeds() {
        BarPlot.Bar wordy = new BarPlot.Bar("x".repeat(100), Sample.of(1), Double.NaN, Double.NaN, true);

        assertThat(widths(plot(wordy)).get(0)).isGreaterThan(widths(plot(SHORT)).get(0) + 500);
    }

    @Test
    void noBarsMakeAPlotToo() throws Exception {
        assertThat(parse(plot()).getDocumentElement().getTagName()).isEqualTo("svg");
    }

    private static String plot(BarPlot.Bar... bars) {
        return new BarPlot("Echo", "µs per message", List.of(bars)).svg();
    }

    private static List<Double> widths(String svg) {
        return Pattern.compile("<rect[^>]* width='([0-9.]+)'")
                .matcher(svg)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
