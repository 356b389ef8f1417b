package dev.lockstep.report;

import java.util.List;
import java.util.Locale;

/** Numbers and lists in words: the same in every locale. */
final class Text {
    private Text() {
    }

    /** Returns {@code 25,104}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns {@code 1 region}, {@code 2 regions}. */
    static String plural(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Returns {@code a, b and c}. */
    static String list(List<String> items) {
        int last = items.size() - 1;
        return last < 1 ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** Returns the text with a capital at its beginning and a full stop at its end. */
    static String sentence(String text) {
        String begun = text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return begun.isEmpty() || begun.endsWith(".") ? begun : begun + ".";
    }
}
