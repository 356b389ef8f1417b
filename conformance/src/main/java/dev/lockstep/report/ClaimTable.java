package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.Optional;

/** Every claim, from the sentence that it goes back to down to the Java method, linked all the way. */
final class ClaimTable implements Section {
    private final ReportInput input;

    ClaimTable(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("section").id(Anchors.CLAIMS).with("aria-labelledby", "claims-title"), () -> {
            html.put(tag("h2").id("claims-title"), "Claims, from sentence to method");
            Table table = new Table(html, tag("table").css("stack claims"),
                    "What is claimed, the sentence behind it, the property that says it, the models that judge it, the "
                            + "steps replayed of the actions that exercise it, and the Java methods that perform them",
                    "Claim", "Sentence", "Property", "Models", "Steps replayed", "Java methods");
            table.write(() -> input.claims().forEach(claim ->
                    table.row(tag("tr").id(Anchors.claim(claim.id())), () -> row(html, parts, table, claim))));
        });
    }

    private void row(Html html, Parts parts, Table table, Claim claim) {
        table.header(() -> {
            html.text(claim.claim());
            html.in(tag("span").css("sub"), () -> html.link(Anchors.claim(claim.id()), claim.id()));
        });
        table.cell(() -> {
            if (claim.sentence().equals(Claim.DESIGN)) {
                html.link(Anchors.quotation(Claim.DESIGN), Claim.DESIGN);
            } else {
                parts.quotationId(claim.sentence());
            }
        });
        table.cell(() -> parts.code(property(claim).map(SpecTexts.Place::anchor), claim.property()));
        table.cell(() -> claim.models().forEach(model -> html.in(tag("span").css("line"),
                () -> model(html, parts, model))));
        table.cell("keep", () -> claim.actions().forEach(action -> html.in(tag("span").css("line"),
                () -> steps(html, parts, action))));
        table.cell(() -> claim.methods().forEach(method -> html.in(tag("span").css("line"),
                () -> parts.method(method))));
    }

    private Optional<SpecTexts.Place> property(Claim claim) {
        return claim.models().stream()
                .flatMap(model -> input.spec().definition(claim.property(), Claim.moduleOf(model)).stream())
                .findFirst();
    }

    private void model(Html html, Parts parts, String name) {
        Optional<ModelVerdict> model = input.results().check().flatMap(check -> check.model(name));
        if (model.isEmpty()) {
            html.link(Anchors.VERDICTS, name).text(" ");
            parts.notRun();
            return;
        }
        html.link(Anchors.model(name), model.get().policy() + " " + model.get().variantInWords()).text(" ");
        parts.verdict(model.get());
    }

    private void steps(Html html, Parts parts, String action) {
        Optional<ReplayResult> replay = input.results().replay();
        html.in("code", () -> html.link(replay.isPresent() ? Anchors.action(action) : Anchors.REPLAY, action))
                .text(" ");
        if (replay.isPresent()) {
            html.text(Text.count(replay.get().stepsOf(action)));
        } else {
            parts.notRun();
        }
    }
}
