package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What crashes left: policy × evidence, the kernel's mirror, and pictures of desyncs. */
final class Crashes implements Section {
    private final ReportInput input;
    private final Results results;

    Crashes(ReportInput input) {
        this.input = input;
        this.results = input.results();
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("section").id(Anchors.CRASHES).with("aria-labelledby", "crashes-title"), () -> {
            html.put(tag("h2").id("crashes-title"), "Crashes");
            html.put(tag("p").css("note"), "Three ways to crash: the process that holds the mirror is killed (SIGKILL); the power "
                    + "of its devices is cut, through dm-flakey in a throw-away guest; and of small workloads on simulated devices, "
                    + "states that a power cut may leave are enumerated, and those that a second cut may leave while the first is "
                    + "recovered from. Legs and log are judged as the crash left them, before anyone recovers.");
            policies(html, parts);
            results.crash("enumerate").ifPresent(crash -> workloads(html, crash));
            new Outcomes(input).write(html);
            new Recordings(input).write(html);
            kernel(html, parts);
            for (String tier : List.of("kill", "flakey")) {
                results.crash(tier).flatMap(Crashes::example).ifPresent(example ->
                        new CrashPicture(tier, example.policy(), example.examples().get(0)).write(html));
            }
        });
    }

    /** Returns the run whose first example is shown: one that is not as expected, if there is one. */
    private static Optional<CrashFigures> example(CrashResult crash) {
        List<CrashFigures> drawn = crash.runs().stream().filter(run -> !run.examples().isEmpty()).toList();
        return drawn.stream().filter(run -> !run.failures().isEmpty()).findFirst().or(() -> drawn.stream().findFirst());
    }

    private void policies(Html html, Parts parts) {
        Table table = new Table(html, tag("table").css("stack crashes"), "In how many crashes the legs differed under a bit that "
                + "says clean, by policy, beside what TLC and the replay say. Programs store into pages as through mmap. Resynced: "
                + "bytes in dirty regions after a crash, on average",
                "Policy", "TLC, mmap", "Replay", "Kills", "Power cuts", "Crash states", "Resynced a crash");
        table.write(() -> input.policies().forEach(policy -> table.row(() -> {
            table.header(() -> html.put("b", policy));
            table.cell(() -> CrashFindings.verdict(policy, results.check()).ifPresentOrElse(parts::verdict, parts::notRun));
            table.cell(() -> results.replay().flatMap(replay -> replay.policy(policy))
                    .ifPresentOrElse(replay -> replay(html, parts, replay), parts::notRun));
            CrashResult.OF_POLICIES.forEach(tier -> table.cell(() -> run(tier, policy)
                    .ifPresentOrElse(run -> desyncs(html, parts, tier, run), parts::notRun)));
            table.cell(() -> resynced(html, parts, policy));
        })));
    }

    /** What the states that were enumerated are of; a log of dm-mirror's has no place to record that a leg has come or gone. */
    private static void workloads(Html html, CrashResult crash) {
        List<String> formats = crash.logFormats();
        List<Map<String, Long>> counts = formats.stream().map(crash::workloads).toList();
        Map<String, Long> all = counts.stream().reduce(Map.of(), CrashFigures::sum);
        if (all.isEmpty()) {
            return;
        }
        List<String> heads = new ArrayList<>(List.of("What is done"));
        formats.forEach(format -> heads.add("#" + format + " log"));
        Table table = new Table(html, tag("table").css("stack crashes"), "Crash states that were enumerated, those of a second crash "
                + "included, by what is done; all policies together. A log in dm-mirror’s format has no place to record that a leg was added, "
                + "removed or replaced: there is no such workload with it", heads.toArray(String[]::new));
        table.write(() -> all.keySet().forEach(workload -> table.row(() -> {
            table.header(workload);
            counts.forEach(of -> table.cell(of.containsKey(workload) ? Text.count(of.get(workload)) : "–"));
        })));
    }

    private Optional<CrashFigures> run(String tier, String policy) {
        return results.crash(tier).flatMap(crash -> crash.run(policy));
    }

    private static void replay(Html html, Parts parts, PolicyReplay replay) {
        parts.sign(replay.divergences() == 0, Text.plural(replay.divergences(), "divergence"));
        html.put(tag("span").css("sub"), Text.count(replay.covered()) + " of " + Text.count(replay.edges()) + " edges");
    }

    private void desyncs(Html html, Parts parts, String tier, CrashFigures run) {
        parts.sign(run.desyncs() == 0, Text.plural(run.desyncs(), "desync"));
        html.put(tag("span").css("sub"), "in " + CrashResult.crashes(tier, run.cycles()));
        List<CrashFigures> apart = results.crash(tier).map(crash -> crash.runs(run.policy())).orElse(List.of());
        if (apart.size() > 1) {
            apart.forEach(each -> html.put(tag("span").css("sub line"),
                    each.logFormat() + " log: " + Text.count(each.desyncs()) + " in " + Text.count(each.cycles())));
        }
        if (run.lostAcknowledged() > 0) {
            html.put(tag("strong").css("loud"), "acknowledged data lost in " + Text.count(run.lostAcknowledged()));
        }
        if (results.crash(tier).stream().flatMap(crash -> CrashFindings.of(tier, crash, results.check()).stream())
                .anyMatch(finding -> finding.subject().equals(run.policy()))) {
            html.put(tag("strong").css("loud"), "UNEXPECTED");
        }
    }

    private void resynced(Html html, Parts parts, String policy) {
        List<String> tiers = CrashResult.OF_POLICIES.stream().filter(tier -> run(tier, policy).isPresent()).toList();
        if (tiers.isEmpty()) {
            parts.notRun();
        }
        tiers.forEach(tier -> html.in(tag("span").css("line"), () -> {
            html.put(tag("span").css("dim"), tier + " ");
            html.text(Text.count(run(tier, policy).orElseThrow().resyncedPerCrash()));
        }));
    }

    private void kernel(Html html, Parts parts) {
        html.put("h3", "The kernel’s mirror");
        Optional<CrashResult> kernel = results.crash(CrashResult.KERNEL);
        if (kernel.isEmpty()) {
            html.in(tag("p").css("box"), parts::notRun);
            return;
        }
        Table table = new Table(html, tag("table").css("stack kernel"), "Experiments on Linux’s own dm-mirror with a disk log, in a "
                + "throw-away guest whose power is cut",
                "Experiment", "#Power cuts", "#Desyncs", "#Resynced bytes", "Figures", "As it must come out");
        table.write(() -> kernel.get().runs().forEach(run -> table.row(() -> {
            table.header(run.policy());
            table.cell(Text.count(run.cycles()));
            table.cell(Text.count(run.desyncs()));
            table.cell(Text.count(run.resyncBytes()));
            table.cell(run.figures().entrySet().stream()
                    .map(figure -> CrashFigures.inWords(figure.getKey()) + " " + Text.count(figure.getValue()))
                    .collect(Collectors.joining(" · ")));
            boolean right = CrashFindings.of(CrashResult.KERNEL, kernel.get(), results.check()).stream()
                    .noneMatch(finding -> finding.subject().equals(run.policy()));
            table.cell(() -> parts.sign(right, right ? "yes" : "no"));
        })));
    }
}
