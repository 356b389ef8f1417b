package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.List;
import java.util.Map;

/** Of what the specification allows crashes to leave, what they were found to leave: tier by tier, and by the devices that something was under way to. */
final class Outcomes implements Section {
    private static final Map<String, String> CRASHES = Map.of("kill", "real kills", "enumerate", "simulated power cuts", "flakey", "power cuts through dm-flakey");

    private final ReportInput input;

    Outcomes(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.put("h3", "Outcomes that are allowed, and those that were found");
        Table table = new Table(html, tag("table").css("stack crashes"), "Of each tier small mirrors are recorded, and TLC says of each outcome of a crash whether the specification "
                + "allows it for that recording, and what else it allows. Of a simulated power cut every state is looked at, or many; a real crash leaves one",
                "Tier", "Crashes", "#Recordings", "#Judged", "Not allowed", "#Outcomes allowed", "#Found", "#Never found");
        table.write(() -> CrashResult.OF_POLICIES.forEach(tier -> table.row(() -> {
            table.header(tier);
            table.cell(CRASHES.get(tier));
            input.results().crash(tier).flatMap(CrashResult::recorded).ifPresentOrElse(recorded -> figures(html, table, recorded),
                    () -> List.of(1, 2, 3, 4, 5, 6).forEach(column -> table.cell(new Parts(html, input)::notRun)));
        })));
        CrashResult.OF_POLICIES.forEach(tier -> input.results().crash(tier).flatMap(CrashResult::recorded).ifPresent(recorded -> kinds(html, tier, recorded)));
    }

    private void figures(Html html, Table table, RecordedTier recorded) {
        table.cell(Text.count(recorded.recordings()));
        table.cell(Text.count(recorded.judged()));
        table.cell(() -> {
            new Parts(html, input).sign(recorded.rejected() == 0, Text.count(recorded.rejected()) + " rejected");
            if (recorded.cutShort() > 0) {
                html.put(tag("strong").css("loud"), Text.count(recorded.cutShort()) + " cut short");
            }
        });
        table.cell(Text.count(recorded.allowed()));
        table.cell(Text.count(recorded.found()));
        table.cell(Text.count(recorded.neverFound()));
    }

    private static void kinds(Html html, String tier, RecordedTier recorded) {
        Table table = new Table(html, tag("table").css("stack crashes"), "Tier " + tier + ": outcomes of " + CRASHES.get(tier) + " by the devices that something was under way to, or on which it was "
                + "not durable", "Under way to", tier.equals("enumerate") ? "#Instants" : "#Crashes", "#Outcomes allowed", "#Found", "Allowed, and never found");
        table.write(() -> recorded.kinds().forEach(kind -> table.row(() -> {
            table.header(kind.underWay());
            table.cell(Text.count(kind.crashes()));
            table.cell(Text.count(kind.allowed()));
            table.cell(Text.count(kind.found()));
            table.cell(kind.never());
        })));
    }
}
