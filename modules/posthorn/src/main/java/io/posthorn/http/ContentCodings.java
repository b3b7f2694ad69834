package io.posthorn.http;

import java.util.List;
import java.util.Locale;

/** What a request says about content codings (RFC 9110 12.5.3). */
final class ContentCodings {
    private ContentCodings() {}

    /** Whether a coding is named with a weight above zero, or everything is and the coding is not excepted. */
    static boolean accepts(List<String> acceptEncoding, String coding) {
        boolean acceptsAll = false;
        for (String item :
                String.join(",", acceptEncoding).toLowerCase(Locale.ROOT).split(",", -1)) {
            int end = item.indexOf(';');
            String name = (end < 0 ? item : item.substring(0, end)).trim();
            boolean wanted = end < 0 || !isZero(item.substring(end + 1).trim());
            if (name.equals(coding)) {
                return wanted;
            }
            acceptsAll |= name.equals("*") && wanted;
        }
        return acceptsAll;
    }

    private static boolean isZero(String weight) {
        return weight.startsWith("q=") && weight.chars().skip(2).allMatch(c -> c == '0' || c == '.');
    }
}
