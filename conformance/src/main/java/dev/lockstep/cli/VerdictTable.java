package dev.lockstep.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is pinned, as the Markdown table of the spec's README, between two comments by which a test finds it. */
final class VerdictTable {
    static final String BEGIN = "<!-- verdicts: begin -->";
    static final String END = "<!-- verdicts: end -->";

    private VerdictTable() {
    }

    /** Returns the table with both comments, each on a line of its own. */
    static String of(Pins pins) {
        String rows = pins.models().stream().map(VerdictTable::row).collect(Collectors.joining());
        return BEGIN + "\n\n| model | verdict | claim | states | generated | depth |\n|---|---|---|--:|--:|--:|\n"
                + rows + "\n" + END + "\n";
    }

    private static String row(Pin pin) {
        String verdict = pin.holds() ? "holds" : "**violated** in " + pin.counterexampleLength() + " states";
        List<String> cells = List.of("`" + pin.name() + "`", verdict, pin.claim().replace("|", "\\|"),
                number(pin.distinctStates()), number(pin.totalStates()), number(pin.depth()));
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
