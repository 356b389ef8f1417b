package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.Optional;

/** TLC's counterexample to one model, folded until it is asked for. */
final class Counterexample implements Section {
    private final ReportInput input;
    private final ModelVerdict model;

    Counterexample(ReportInput input, ModelVerdict model) {
        this.input = input;
        this.model = model;
    }

    @Override
    public void write(Html html) {
        html.in(tag("details").id(Anchors.counterexample(model.name())), () -> {
            html.in("summary", () -> {
                html.text("Counterexample to " + model.property() + ", " + model.variantInWords() + ": ");
                html.text(Text.plural(model.counterexample().size() - 1L, "step"));
            });
            model.diagram().ifPresent(diagram -> new DiagramBox(input, diagram, "The counterexample of " + model.name()).write(html));
            Table table = new Table(html, tag("table").css("stack quiet counterexample"),
                    "The states of " + model.name() + " that lead to the violation; 1 is the initial state",
                    "State", "Action", "What it changes");
            table.write(() -> model.counterexample().forEach(state -> table.row(() -> row(html, table, state))));
        });
    }

    private void row(Html html, Table table, CounterexampleState state) {
        Parts parts = new Parts(html, input);
        table.header(Text.count(state.number()));
        table.cell(() -> parts.code(definition(state).map(SpecTexts.Place::anchor), state.action()));
        table.cell("values", () -> {
            if (state.changes().isEmpty()) {
                html.put(tag("span").css("dim"), "nothing");
            }
            state.changes().forEach(change -> change(html, change));
        });
    }

    /** TLC names the line where an action's body begins; a reader wants its definition, with the comment above it. */
    private Optional<SpecTexts.Place> definition(CounterexampleState state) {
        return input.spec().action(ScenarioStep.actionName(state.action()))
                .or(() -> state.module().flatMap(module -> input.spec().place(module, state.line().orElse(0))));
    }

    private static void change(Html html, CounterexampleState.Change change) {
        html.in(tag("div").css("change"), () -> {
            html.put("b", change.variable());
            html.text(" ");
            change.from().ifPresent(from -> html.put(tag("code").css("dim"), from).text(" → "));
            html.put("code", change.to());
        });
    }
}
