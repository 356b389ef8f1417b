package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

/** What became of every tier of the audit. */
final class TierTable implements Section {
    private final ReportInput input;

    TierTable(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("section").id(Anchors.TIERS).with("aria-labelledby", "tiers-title"), () -> {
            html.put(tag("h2").id("tiers-title"), "What was run, and what was not");
            Table table = new Table(html, tag("table").css("stack tiers"), "The tiers of the audit", "Tier", "Result",
                    "Why");
            table.write(() -> input.results().tiers().forEach(tier ->
                    table.row(tag("tr").id(Anchors.tier(tier.name())), () -> {
                        table.header(tier.name());
                        table.cell(() -> result(parts, tier));
                        table.cell(tier.why());
                    })));
        });
    }

    private static void result(Parts parts, Tier tier) {
        if (tier.notRun()) {
            parts.notRun();
        } else {
            parts.sign(!tier.finding(), tier.result());
        }
    }
}
