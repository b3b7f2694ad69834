package io.posthorn.playground.lab;

import java.util.regex.Pattern;

/** What a page asks for: a word, and what it needs to know behind a space. */
final class Command {
    // Narrower than what Java reads as a number: 0x1p3, 1e1 and NaN are none here.
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    private Command() {}

    /**
     * Lets a visit do what a command says.
     *
     * @throws IllegalArgumentException with a sentence for the visitor, where it cannot be
     */
    static void obey(String command, Visit visit) {
        String[] words = command.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "time" -> visit.tellTime(rest);
            case "rate" -> visit.set(visit.settings().withRate(decimal(rest)));
            case "payload" -> visit.set(visit.settings().withPayload(integer(rest)));
            case "pause" -> visit.set(visit.settings().withPaused(true));
            case "resume" -> visit.set(visit.settings().withPaused(false));
            case "cut" -> visit.readers().cut(rest);
            case "offline" -> visit.goOffline();
            case "inspect" -> visit.inspect(rest);
            default -> throw new IllegalArgumentException("There is no such command.");
        }
    }

    private static double decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("The rate is a decimal number.");
        }
        return Double.parseDouble(text);
    }

    private static int integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw new IllegalArgumentException("The payload is a whole number.");
        }
        return Integer.parseInt(text);
    }
}
