package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.Optional;

/** Small pieces that several sections write alike. */
final class Parts {
    private final Html html;
    private final ReportInput input;

    Parts(Html html, ReportInput input) {
        this.html = html;
        this.input = input;
    }

    void notRun() {
        html.put(tag("strong").css("notrun"), "NOT RUN");
    }

    /** Writes a verdict with a sign before it; never by colour alone. */
    void sign(boolean good, String words) {
        html.in(tag("span").css(good ? "good" : "bad"), () -> {
            html.put(tag("span").with("aria-hidden", "true"), good ? "✓ " : "✗ ");
            html.text(words);
        });
    }

    /** Writes what TLC found of a model, linked to its row. */
    void verdict(ModelVerdict model) {
        html.in(tag("a").css("plain keep").with("href", "#" + Anchors.model(model.name())), () -> outcome(model));
        if (!model.asExpected()) {
            html.text(" ").put(tag("strong").css("loud"), "UNEXPECTED");
        }
    }

    /** Writes what TLC found of a model. */
    void outcome(ModelVerdict model) {
        String steps = model.steps().isEmpty() ? "" : " (" + Text.count(model.steps().getAsLong()) + ")";
        sign(model.holds(), model.verdict() + steps);
    }

    /** Writes a text as a link where there is something to link to. */
    void linked(Optional<String> anchor, String text) {
        if (anchor.isPresent()) {
            html.link(anchor.get(), text);
        } else {
            html.text(text);
        }
    }

    void code(Optional<String> anchor, String text) {
        html.in("code", () -> linked(anchor, text));
    }

    /** Writes a long name that may be broken after its underscores. */
    void name(String name) {
        html.in("code", () -> {
            for (String part : name.split("(?<=_)")) {
                html.text(part).empty(tag("wbr"));
            }
        });
    }

    /** Writes the ids of sentences of the mail, linked to the quotations. */
    void quotationId(String id) {
        boolean known = input.quotations().containsKey(id);
        linked(known ? Optional.of(Anchors.quotation(id)) : Optional.empty(), id);
    }

    /** Writes an action's label, linked to its definition. */
    void action(String label) {
        code(input.spec().action(ScenarioStep.actionName(label)).map(SpecTexts.Place::anchor), label);
    }

    void method(String method) {
        code(input.java().anchor(method), method);
    }

    /** Writes something wide in a box of its own that scrolls sideways, also by keyboard. */
    void scrolling(String label, Runnable body) {
        html.in(tag("div").css("scroll").with("role", "region").with("aria-label", label).with("tabindex", "0"), body);
    }
}
