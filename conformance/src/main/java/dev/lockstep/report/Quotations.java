package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

/** The mail's sentences under the numbers by which the specification cites them. */
final class Quotations implements Section {
    private final ReportInput input;

    Quotations(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.in(tag("section").id(Anchors.MAIL).with("aria-labelledby", "mail-title"), () -> {
            html.put(tag("h2").id("mail-title"), "The mail");
            html.put(tag("p").css("note"), "Sentences of “[dm-devel] Desynchronizing dm-raid1”, 2008, as they stand "
                    + "there: S for what goes wrong, I for the ideas how to fix it. … marks what is left out.");
            html.in(tag("dl").css("quotations"), () -> {
                input.quotations().forEach((id, quotation) -> html.in(tag("div").id(Anchors.quotation(id)), () -> {
                    html.put("dt", id);
                    html.put("dd", "“" + quotation + "”");
                }));
                html.in(tag("div").id(Anchors.quotation(Claim.DESIGN)), () -> {
                    html.put("dt", Claim.DESIGN);
                    html.put("dd", "What the mail takes for granted or does not speak of; the claim itself says why it "
                            + "is needed.");
                });
            });
        });
    }
}
