package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.scenario.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is pinned, as the Markdown tables of the spec's README, each between two comments by which a test finds it. */
final class VerdictTable {
    /** The mail's causes, by the name that the models have for them. */
    private static final Map<String, String> CAUSES = Map.of("Direct", "C1 direct", "Mmap", "C2 mmap", "Write", "C3 write()",
            "StoreMark", "C4 store, mark", "MarkStore", "C4 mark, store");
    private static final List<String> CAUSES_IN_ORDER = List.of("Direct", "Mmap", "Write", "StoreMark", "MarkStore");

    private VerdictTable() {
    }

    /** Returns the tables, each with both of its comments; of a user's own spec, the one that can be made of its pins. */
    static List<String> all(Pins pins) {
        return pins.models().stream().anyMatch(pin -> !pin.policy().isEmpty())
                ? List.of(causes(pins), findings(pins), of(pins)) : List.of(of(pins));
    }

    /** Returns what is pinned of each model. */
    static String of(Pins pins) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("model", "verdict", "claim", "states", "generated", "depth"));
        rows.add(List.of("---", "---", "---", "--:", "--:", "--:"));
        for (Pin pin : pins.models()) {
            rows.add(List.of("`" + pin.name() + "`",
                    pin.holds() ? "holds" : "**violated** in " + pin.counterexampleLength() + " states", pin.claim().replace("|", "\\|"),
                    number(pin.distinctStates()), number(pin.totalStates()), number(pin.depth())));
        }
        return table("verdicts", rows);
    }

    /** Returns what each cause does to each policy. */
    static String causes(Pins pins) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("policy"));
        CAUSES_IN_ORDER.forEach(cause -> head.add(CAUSES.get(cause)));
        rows.add(head);
        rows.add(head.stream().map(cell -> "---").toList());
        for (Policy policy : Policy.all()) {
            List<String> row = new ArrayList<>(List.of("`" + policy.name() + "`"));
            CAUSES_IN_ORDER.forEach(cause -> row.add(verdict(pin(pins, "MCMirror_" + policy.name() + "_" + cause + "_NoDesync"))));
            rows.add(row);
        }
        return table("causes", rows);
    }

    /** Returns the findings. */
    static String findings(Pins pins) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("finding", "what happens", "model", "steps", "harm", "the mirror"));
        rows.add(List.of("---", "---", "---", "--:", "---", "---"));
        for (Finding finding : Finding.all()) {
            Pin pin = pin(pins, finding.model());
            if (pin.holds()) {
                throw new IllegalStateException("finding " + finding.name() + ": " + pin.name() + " is pinned to hold");
            }
            rows.add(List.of("`" + finding.name() + "`", finding.title(), "`" + finding.model() + "`",
                    number(pin.counterexampleLength() - 1L), finding.harm(), finding.status().written() + reason(finding)));
        }
        return table("findings", rows);
    }

    private static String reason(Finding finding) {
        return switch (finding.status()) {
            case FORCED -> "";
            case PENDING -> ": needs " + finding.why();
            case PREVENTED -> ": " + finding.why();
        };
    }

    private static Pin pin(Pins pins, String model) {
        return pins.models().stream().filter(pin -> pin.name().equals(model)).findFirst()
                .orElseThrow(() -> new IllegalStateException("the model " + model + " is not pinned"));
    }

    private static String verdict(Pin pin) {
        return pin.holds() ? "holds" : "**violated**, " + (pin.counterexampleLength() - 1) + " steps";
    }

    private static String table(String name, List<List<String>> rows) {
        return rows.stream().map(VerdictTable::line)
                .collect(Collectors.joining("", "<!-- " + name + ": begin -->\n\n", "\n<!-- " + name + ": end -->\n"));
    }

    private static String line(List<String> row) {
        return row.get(0).equals("---") ? "|" + String.join("|", row) + "|\n" : "| " + String.join(" | ", row) + " |\n";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
