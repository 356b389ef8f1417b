package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code check --deep} found, for a reader: a table, the counterexamples, and a sentence. */
final class DeepText {
    private static final List<String> HEADER =
            List.of("policy", "property", "verdict", "depth", "states", "generated", "queued", "seconds", "model");
    private static final int FIRST_NUMBER = 3;
    private static final int LAST_NUMBER = 7;

    private final DeepCheckResult result;

    DeepText(DeepCheckResult result) {
        this.result = result;
    }

    String write() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (DeepModel model : result.deep()) {
            rows.add(List.of(model.policy().isEmpty() ? "-" : model.policy(), model.property(),
                    model.complete() ? model.verdict() + ", complete" : model.verdict() + (model.violated() ? " !" : ""),
                    number(model.depth()), number(model.distinctStates()), number(model.totalStates()),
                    number(model.queued()), String.format(Locale.ROOT, "%.1f", model.seconds()), model.name()));
        }
        StringBuilder text = new StringBuilder(new Columns(rows).text(FIRST_NUMBER, LAST_NUMBER));
        result.deep().stream().filter(DeepModel::violated)
                .forEach(model -> text.append('\n').append(CheckText.counterexample(model.asChecked())));
        return text.append('\n').append(end()).toString();
    }

    private String end() {
        long complete = result.deep().stream().filter(DeepModel::complete).count();
        if (result.unexpected() > 0) {
            return "Not as expected: of " + result.deep().size()
                    + (result.deep().size() == 1 ? " model " : " models ") + result.unexpected()
                    + (result.unexpected() == 1 ? " is" : " are") + " violated.\n";
        }
        return "No violation in " + result.deep().size() + (result.deep().size() == 1 ? " model, " : " models, ")
                + complete + " of them judged completely, by " + result.tlc()
                + ".\nEvery behaviour of as many states as the depth says is judged.\n";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
