package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

/** A drawing in the page: in a box of its own, which scrolls if a screen is narrower than the lanes. */
final class DiagramBox implements Section {
    private final ReportInput input;
    private final Diagram diagram;
    private final String name;

    DiagramBox(ReportInput input, Diagram diagram, String name) {
        this.input = input;
        this.diagram = diagram;
        this.name = name;
    }

    @Override
    public void write(Html html) {
        DiagramLayout layout = new DiagramLayout(diagram, input.quotations(), DiagramLayout.NARROW_WORDS, true);
        html.in(tag("div").css("drawing").with("role", "region").with("aria-label", name).with("tabindex", "0"), () ->
                DiagramSvg.write(layout, html, name + ", as a sequence diagram: who does what to whom, from top to bottom. The table "
                        + "of the steps says the same in words."));
    }
}
