package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

/** What was recorded of the mirror running free, and how much of what the specification allows kills to leave they have left. */
final class Recordings implements Section {
    private final ReportInput input;

    Recordings(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.put("h3", "Recordings of the mirror running free");
        input.results().validate().ifPresentOrElse(validate -> recordings(html, validate),
                () -> html.in(tag("p").css("box"), new Parts(html, input)::notRun));
    }

    private void recordings(Html html, ValidateResult validate) {
        html.in(tag("p"), () -> {
            html.text(Text.plural(validate.recordings(), "recording") + " of " + Text.count(validate.events())
                    + " events: TLC finds each to be a behaviour of the specification, or does not. ");
            new Parts(html, input).sign(validate.rejected() == 0, Text.count(validate.rejected()) + " rejected");
            if (validate.cutShort() > 0) {
                html.put(tag("strong").css("loud"), Text.count(validate.cutShort()) + " cut short");
            }
        });
        validate.crashes().filter(outcomes -> outcomes.crashes() > 0).ifPresent(outcomes -> outcomes(html, validate, outcomes));
    }

    private static void outcomes(Html html, ValidateResult validate, ValidateResult.Outcomes outcomes) {
        html.put(tag("p").css("note"), "In " + Text.count(validate.killed()) + " of them the process was killed, again and again: "
                + Text.plural(outcomes.crashes(), "time") + " in those that TLC finds to be right. After those kills the specification allows " + Text.count(outcomes.contents())
                + " contents of legs and log, and each left one of them. Where something was under way to the same devices, and had reached them or not, "
                + Text.count(outcomes.found()) + " of " + Text.count(outcomes.allowed()) + " outcomes were found.");
        Table table = new Table(html, tag("table").css("stack crashes"), "What the specification allows a kill to leave, and what kills have left",
                "Under way to", "#Kills", "#Outcomes allowed", "#Found", "Allowed, and never found");
        table.write(() -> outcomes.kinds().forEach(kind -> table.row(() -> {
            table.header(kind.underWay());
            table.cell(Text.count(kind.crashes()));
            table.cell(Text.count(kind.allowed()));
            table.cell(Text.count(kind.found().size()));
            table.cell(kind.never().isEmpty() ? "–" : "reached: " + String.join("; ", kind.never()));
        })));
    }
}
