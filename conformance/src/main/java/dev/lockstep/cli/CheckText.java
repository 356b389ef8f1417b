package dev.lockstep.cli;

import dev.lockstep.tlc.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code check} found, for a reader: a table, the counterexamples asked for, and what is unexpected. */
final class CheckText {
    private static final List<String> HEADER =
            List.of("policy", "property", "expected", "verdict", "length", "states", "generated", "seconds", "model");
    private static final int FIRST_NUMBER = 4;
    private static final int LAST_NUMBER = 7;
    private static final String NONE = "-";

    private final CheckResult result;

    CheckText(CheckResult result) {
        this.result = result;
    }

    String write(boolean counterexamples) {
        StringBuilder text = new StringBuilder(table());
        if (counterexamples) {
            result.models().stream().filter(model -> !model.counterexample().isEmpty())
                    .forEach(model -> text.append('\n').append(counterexample(model)));
        }
        return text.append('\n').append(end()).toString();
    }

    private String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (CheckedModel model : result.models()) {
            Integer length = model.counterexampleLength();
            rows.add(List.of(orNone(model.policy()), model.property(), orNone(model.expected()),
                    model.verdict() + (model.unexpected().isEmpty() ? "" : " !"),
                    length == null ? NONE : length.toString(),
                    number(model.distinctStates()), number(model.totalStates()),
                    String.format(Locale.ROOT, "%.1f", model.seconds()), model.name()));
        }
        return new Columns(rows).text(FIRST_NUMBER, LAST_NUMBER);
    }

    /** One line a step: number, action, and the parts of the state that it changed. */
    static String counterexample(CheckedModel model) {
        List<List<String>> rows = new ArrayList<>();
        for (ToldStep state : model.counterexample()) {
            rows.add(List.of(String.valueOf(state.number()), state.action(), state.changed()));
        }
        return model.name() + ": " + model.property() + " is violated in " + model.counterexampleLength() + " states\n"
                + new Columns(rows).text(0, 0) + (model.loop() == null ? "" : "and " + model.loop() + "\n");
    }

    private String end() {
        if (result.unexpected() > 0) {
            return "Not as expected:\n" + result.models().stream().flatMap(model -> model.unexpected().stream())
                    .map(sentence -> "  " + sentence + "\n").collect(Collectors.joining());
        }
        int all = result.models().size();
        long holds = result.models().stream().filter(model -> model.verdict().equals(Verdict.HOLDS.toString())).count();
        return "All as expected: of " + all + " verdicts " + holds + " \"holds\" and " + (all - holds)
                + " \"violated\", by " + result.tlc() + ".\n";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
