package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every verdict, a table a policy, and the counterexamples. */
final class VerdictTable implements Section {
    private final ReportInput input;

    VerdictTable(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("section").id(Anchors.VERDICTS).with("aria-labelledby", "verdicts-title"), () -> {
            html.put(tag("h2").id("verdicts-title"), "Verdicts");
            Optional<CheckResult> check = input.results().check();
            if (check.isEmpty()) {
                html.in(tag("p").css("box"), parts::notRun);
                return;
            }
            html.put(tag("p").css("note"), "A model is a module with the bounds and switches of one configuration, and "
                    + "judges one property. Expected verdicts, state counts and the lengths of counterexamples are "
                    + "pinned; what differs from them is a finding.");
            byPolicy(check.get()).forEach((policy, models) -> policy(html, parts, policy, models));
        });
    }

    /** Returns the models of each policy, in the order of the first table; at last those of none. */
    private Map<String, List<ModelVerdict>> byPolicy(CheckResult check) {
        Map<String, List<ModelVerdict>> byPolicy = new LinkedHashMap<>();
        Stream.concat(input.policies().stream(), Stream.of("")).forEach(policy -> byPolicy.put(policy,
                check.models().stream().filter(model -> model.policy().equals(policy)).toList()));
        byPolicy.values().removeIf(List::isEmpty);
        return byPolicy;
    }

    private void policy(Html html, Parts parts, String policy, List<ModelVerdict> models) {
        html.put("h3", policy.isEmpty() ? "No policy" : policy);
        Table table = new Table(html, tag("table").css("stack quiet verdicts"),
                policy.isEmpty() ? "Models that are of no policy" : "Models of " + policy,
                "Model", "Property", "Variant", "Expected", "TLC's verdict", "#Distinct states", "#All states",
                "#Depth", "#Time");
        table.write(() -> models.forEach(model ->
                table.row(tag("tr").id(Anchors.model(model.name())), () -> row(html, parts, table, model))));
        models.stream().filter(model -> !model.counterexample().isEmpty())
                .forEach(model -> new Counterexample(input, model).write(html));
    }

    private void row(Html html, Parts parts, Table table, ModelVerdict model) {
        table.header(() -> {
            parts.name(model.name());
            html.put(tag("span").css("sub"), model.claim());
            model.unexpected().forEach(sentence -> html.put(tag("strong").css("loud"), sentence));
        });
        table.cell(() -> parts.code(input.spec().definition(model.property(), model.module())
                .map(SpecTexts.Place::anchor), model.property()));
        table.cell(model.variantInWords().isEmpty() ? "–" : model.variantInWords());
        table.cell(model.expected());
        table.cell(() -> {
            parts.outcome(model);
            if (!model.asExpected()) {
                html.text(" ").put(tag("strong").css("loud"), "UNEXPECTED");
            }
            if (!model.counterexample().isEmpty()) {
                html.in(tag("span").css("sub"),
                        () -> html.link(Anchors.counterexample(model.name()), "counterexample"));
            }
        });
        table.cell(Text.count(model.distinctStates()));
        table.cell(Text.count(model.totalStates()));
        table.cell(Text.count(model.depth()));
        table.cell(Text.seconds(model.seconds()));
    }
}
