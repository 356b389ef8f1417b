package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.ArrayList;
import java.util.List;

/** How the scenario ended under each policy, with the bytes of the two legs side by side. */
final class StoryPanels implements Section {
    private static final List<String> FIRST = List.of(Headline.BUG, Headline.REPAIR);

    private final ReportInput input;

    StoryPanels(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("section").id(Anchors.STORY).with("aria-labelledby", "story-title"), () -> {
            html.in(tag("h2").id("story-title"), () -> {
                html.text("The mail's story on real files: ");
                html.put("code", "ext2-bitmap");
            });
            input.results().scenario().ifPresentOrElse(
                    scenario -> html.in(tag("div").css("panels"),
                            () -> ordered(scenario).forEach(run -> panel(html, parts, run))),
                    () -> html.in(tag("p").css("box"), parts::notRun));
        });
    }

    /** Returns the bug first and beside it the idea that repairs it, then the others. */
    private static List<ScenarioRun> ordered(ScenarioResult scenario) {
        List<ScenarioRun> runs = new ArrayList<>();
        FIRST.forEach(policy -> scenario.run(policy).ifPresent(runs::add));
        scenario.runs().stream().filter(run -> !FIRST.contains(run.policy())).forEach(runs::add);
        return runs;
    }

    private static void panel(Html html, Parts parts, ScenarioRun run) {
        ScenarioRun.Outcome outcome = run.outcome();
        html.in(tag("div").css("box panel"), () -> {
            html.in("h3", () -> html.text("Under ").link(Anchors.steps(run.policy()), run.policy()));
            html.in(tag("p").css("verdict"), () -> parts.sign(outcome.legsEqual(), ending(outcome)));
            new HexTable(outcome.leg0(), outcome.leg1()).write(html);
            html.put(tag("p").css("note"), difference(outcome));
            html.in(tag("ol").css("story"), () -> outcome.story().forEach(sentence -> html.put("li", sentence)));
        });
    }

    private static String ending(ScenarioRun.Outcome outcome) {
        String legs = outcome.legsEqual() ? "The legs are equal; the crash left the bit " + outcome.bitAfterCrash()
                : "The legs differ under a " + outcome.bitAfterCrash() + " bit";
        return legs + (outcome.twoFilesOneBlock() ? ": two files, one block." : ".");
    }

    private static String difference(ScenarioRun.Outcome outcome) {
        List<Integer> offsets = outcome.leg0().differences(outcome.leg1());
        if (!offsets.isEmpty()) {
            int offset = offsets.get(0);
            String more = offsets.size() == 1 ? "" : ", and " + Text.plural(offsets.size() - 1L, "more byte");
            return "Byte " + offset + " of the bitmap is " + outcome.leg0().hex(offset) + " ("
                    + outcome.leg0().binary(offset) + ") on leg 0 and " + outcome.leg1().hex(offset) + " ("
                    + outcome.leg1().binary(offset) + ") on leg 1" + more + ".";
        }
        if (outcome.legsEqual()) {
            return "The bitmap's first " + Text.plural(outcome.leg0().length(), "byte") + " agree.";
        }
        return "The legs differ beyond the bytes shown"
                + (outcome.differingOffset().isPresent()
                        ? ", at offset " + Text.count(outcome.differingOffset().getAsLong()) : "") + ".";
    }
}
