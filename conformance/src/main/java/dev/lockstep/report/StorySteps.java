package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The scenario step by step, under each policy. */
final class StorySteps implements Section {
    private final ReportInput input;

    StorySteps(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.in(tag("section").id(Anchors.STEPS).with("aria-labelledby", "steps-title"), () -> {
            html.put(tag("h2").id("steps-title"), "The story, step by step");
            input.results().scenario().ifPresentOrElse(
                    scenario -> scenario.runs().forEach(run -> run(html, run)),
                    () -> html.in(tag("p").css("box"), new Parts(html, input)::notRun));
        });
    }

    private void run(Html html, ScenarioRun run) {
        TellingBytes telling = TellingBytes.of(run);
        html.in(tag("h3").id(Anchors.steps(run.policy())), () -> html.text("Under " + run.policy()));
        run.diagram().ifPresent(diagram -> html.in("details", () -> {
            html.put("summary", "The same drawn, from top to bottom");
            new DiagramBox(input, diagram, "The story under " + run.policy()).write(html);
        }));
        Table table = new Table(html, tag("table").css("stack steps"),
                "Each step as it was performed, and what was found after it: of the bitmap, " + telling.inWords()
                        + ". Bytes in bold were changed by the step; ≠ says that leg 1 differs from leg 0.",
                "Step", "Who", "Action", "What it means, and what the mail says", "Leg 0", "Leg 1", "Page",
                "Region", "Log bit");
        Set<String> quoted = new HashSet<>();
        table.write(() -> {
            Optional<ScenarioStep> before = Optional.empty();
            for (ScenarioStep step : run.steps()) {
                row(html, table, new StepRow(step, before, telling), quoted);
                before = Optional.of(step);
            }
        });
    }

    /** A step, the one before it, and which bytes to show. */
    private record StepRow(ScenarioStep step, Optional<ScenarioStep> before, TellingBytes telling) {
        boolean changed(Function<ScenarioStep, Bytes> of) {
            return before.isPresent() && telling.differ(of.apply(before.get()), of.apply(step));
        }

        boolean pageChanged() {
            return step.page().isPresent() && before.flatMap(ScenarioStep::page)
                    .map(page -> telling.differ(page, step.page().get())).orElse(true);
        }

        boolean legsDiffer() {
            return telling.differ(step.leg0(), step.leg1());
        }
    }

    private void row(Html html, Table table, StepRow row, Set<String> quoted) {
        ScenarioStep step = row.step();
        Parts parts = new Parts(html, input);
        table.row(tag("tr").cssIf(step.harm(), "harm"), () -> {
            table.header(Long.toString(step.number()));
            table.cell(step.actor());
            table.cell(() -> {
                parts.action(step.action());
                step.method().ifPresent(method -> html.in(tag("span").css("sub"), () -> parts.method(method)));
            });
            table.cell("wide", () -> meaning(html, parts, step, quoted));
            table.cell("bytes", () -> bytes(html, row.telling().show(step.leg0()), row.changed(ScenarioStep::leg0)));
            table.cell("bytes", () -> {
                bytes(html, row.telling().show(step.leg1()), row.changed(ScenarioStep::leg1));
                if (row.legsDiffer()) {
                    html.put(tag("span").css("bad"), " ≠");
                }
            });
            table.cell("bytes", () -> bytes(html, step.page().map(row.telling()::show).orElse("–"), row.pageChanged()));
            table.cell(step.state().orElse("–"));
            table.cell(step.bit());
        });
    }

    private static void bytes(Html html, String hex, boolean changed) {
        html.put(changed ? "b" : "span", hex);
    }

    /** Writes what a step means. A sentence of the mail is quoted where it is cited first. */
    private void meaning(Html html, Parts parts, ScenarioStep step, Set<String> quoted) {
        if (step.harm()) {
            html.put(tag("strong").css("loud"), "The harmful step.").text(" ");
        }
        html.text(step.meaning());
        for (String id : step.seed()) {
            html.in(tag("span").css("sub"), () -> {
                parts.quotationId(id);
                String quotation = input.quotations().get(id);
                if (quotation != null && quoted.add(id)) {
                    html.text(" “" + quotation + "”");
                }
            });
        }
    }
}
