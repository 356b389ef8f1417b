package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

/** The first step at which the mirror did what the spec does not say: the one place where the two are at odds. */
final class DivergenceBox implements Section {
    private final ReportInput input;
    private final String policy;
    private final Divergence divergence;

    DivergenceBox(ReportInput input, String policy, Divergence divergence) {
        this.input = input;
        this.policy = policy;
        this.divergence = divergence;
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("div").css("box divergence"), () -> {
            html.put("h3", "Divergence under " + policy + ": " + divergence.action());
            html.in("p", () -> {
                html.text("Step " + Text.count(divergence.step()) + " of trace ").put("code", divergence.trace());
                html.text(". The spec says so in ");
                parts.code(input.spec().place(divergence.specModule(), divergence.specLine())
                        .map(SpecTexts.Place::anchor), divergence.specModule() + line(divergence.specLine()));
                String simple = ReportInput.simpleName(divergence.javaClass());
                html.text("; the step was performed by ");
                if (simple.isEmpty()) {
                    html.text("another mirror than Lockstep’s");
                } else {
                    parts.code(input.java().anchor(simple, divergence.javaLine()),
                            simple + "." + divergence.javaMethod() + line(divergence.javaLine()));
                }
                html.text(".");
            });
            Table table = new Table(html, tag("table").css("stack counterexample"), "What differs after the step",
                    "Variable", "Expected", "Observed");
            table.write(() -> divergence.differences().forEach(difference -> table.row(() -> {
                table.header(difference.variable());
                table.cell("values", () -> html.put("code", difference.expected()));
                table.cell("values", () -> html.put("code", difference.observed()));
            })));
            html.put("p", "The steps that lead there:");
            html.in("ol", () -> divergence.prefix().forEach(label -> html.in("li", () -> parts.action(label))));
            divergence.diagram().ifPresent(diagram -> new DiagramBox(input, diagram, "The steps that lead to the divergence").write(html));
            html.put("p", divergence.again() ? "To replay it:" : "It was not seen again on a new volume: it takes what earlier walks had "
                    + "left in the files. To try it:");
            html.put(tag("pre").css("command"), divergence.command());
        });
    }

    private static String line(long line) {
        return line < 1 ? "" : ", line " + line;
    }
}
