package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was replayed: a row a policy, and a row an action. */
final class ReplayFigures implements Section {
    private final ReportInput input;

    ReplayFigures(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.in(tag("section").id(Anchors.REPLAY).with("aria-labelledby", "replay-title"), () -> {
            html.put(tag("h2").id("replay-title"), "Replay");
            input.results().replay().ifPresentOrElse(replay -> figures(html, replay),
                    () -> html.in(tag("p").css("box"), new Parts(html, input)::notRun));
        });
    }

    private void figures(Html html, ReplayResult replay) {
        html.put(tag("p").css("note"), "The whole state graph of each policy at " + replay.size()
                + " (regions × blocks a region × legs), made by TLC without symmetry, was turned into walks that take "
                + "every edge. The production code performed each step on real files"
                + (replay.folder().equals("tmpfs")
                        ? " in a folder on tmpfs: durability is the rig's, and no force reached a disk" : "")
                + "; after it, contents, bits, region states and pages were compared with the spec's. At a crash the "
                + "files are forked, and the walk goes on.");
        policies(html, replay);
        replay.policies().forEach(policy -> policy.divergence()
                .ifPresent(divergence -> new DivergenceBox(input, policy.policy(), divergence).write(html)));
        actions(html, replay);
    }

    private void policies(Html html, ReplayResult replay) {
        Parts parts = new Parts(html, input);
        Table table = new Table(html, tag("table").css("stack figures"), "The replay of each policy, on a log of each format", "Policy", "Log",
                "#States", "#Edges", "#Edges replayed", "#Divergences", "#Steps", "#Steps an edge", "#Walks",
                "#Forks", "#Images", "#Steps a second", "#Graph, suite, replay");
        table.write(() -> replay.policies().forEach(policy ->
                table.row(row(replay, policy), () -> {
                    table.header(policy.policy());
                    table.cell(policy.logFormat());
                    table.cell(Text.count(policy.states()));
                    table.cell(Text.count(policy.edges()));
                    table.cell(() -> parts.sign(policy.complete(), Text.count(policy.covered())));
                    table.cell(() -> parts.sign(policy.divergences() == 0, Text.count(policy.divergences())));
                    table.cell(Text.count(policy.steps()));
                    table.cell(Text.ratio(policy.stepsPerEdge()));
                    table.cell(Text.count(policy.walks()));
                    table.cell(Text.count(policy.forks()));
                    table.cell(Text.count(policy.images()));
                    table.cell(Text.count(Math.round(policy.stepsPerSecond())));
                    table.cell(Text.seconds(policy.graphSeconds()) + ", " + Text.seconds(policy.suiteSeconds())
                            + ", " + Text.seconds(policy.replaySeconds()));
                })));
    }

    /** The first row of a policy can be linked to. */
    private static Tag row(ReplayResult replay, PolicyReplay policy) {
        boolean first = policy.logFormat().equals(replay.logFormats().get(0));
        return first ? tag("tr").id(Anchors.replay(policy.policy())) : tag("tr");
    }

    private void actions(Html html, ReplayResult replay) {
        Parts parts = new Parts(html, input);
        List<String> policies = replay.together().stream().map(PolicyReplay::policy).toList();
        Set<String> actions = new LinkedHashSet<>();
        input.claims().forEach(claim -> actions.addAll(claim.actions()));
        replay.policies().forEach(policy -> actions.addAll(policy.stepsPerAction().keySet()));
        html.put("h3", "Steps replayed of each action");
        List<String> headers = new ArrayList<>(List.of("Action"));
        policies.forEach(policy -> headers.add("#" + policy));
        headers.add("#In all");
        Table table = new Table(html, tag("table").css("stack figures"),
                "How often each action of the spec was performed and compared, on all logs together", headers.toArray(String[]::new));
        table.write(() -> actions.stream().sorted().forEach(action ->
                table.row(tag("tr").id(Anchors.action(action)), () -> {
                    table.header(() -> parts.action(action));
                    replay.together().forEach(policy -> table.cell(
                            Text.count(policy.stepsPerAction().getOrDefault(action, 0L))));
                    table.cell(Text.count(replay.stepsOf(action)));
                })));
    }
}
