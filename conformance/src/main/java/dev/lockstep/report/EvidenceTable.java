package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.List;
import java.util.Optional;

/** The table policy × evidence, and what was not run. */
final class EvidenceTable implements Section {
    /** A promise, and the name of the definition that says it. */
    private record Promise(String property, String words) {
    }

    private static final List<Promise> PROMISES = List.of(new Promise("NoDesync", "No desync"),
            new Promise("ReadStability", "Read stability"), new Promise("NothingLost", "Nothing lost"));

    private final ReportInput input;
    private final Results results;

    EvidenceTable(ReportInput input) {
        this.input = input;
        this.results = input.results();
    }

    @Override
    public void write(Html html) {
        Parts parts = new Parts(html, input);
        html.in(tag("section").id(Anchors.EVIDENCE).with("aria-labelledby", "evidence-title"), () -> {
            html.put(tag("h2").id("evidence-title"), "Policies and evidence");
            Table table = new Table(html, tag("table").css("stack quiet evidence"),
                    "What TLC says of each policy, what the replay of its state graph found, and how the mail's story "
                            + "ends under it",
                    "Policy", "No desync", "Read stability", "Nothing lost", "Edges replayed", "Divergences",
                    "ext2-bitmap on real files");
            table.write(() -> input.policies().forEach(policy -> table.row(() -> row(html, parts, table, policy))));
            html.in(tag("p").css("note"), () -> {
                html.text("A line is a cause of the mail: a direct write whose memory is changed underway (");
                parts.quotationId("C1");
                html.text("), mmap (");
                parts.quotationId("C2");
                html.text("), write() (");
                parts.quotationId("C3");
                html.text("), or a file system that stores and then marks, or the other way round (");
                parts.quotationId("C4");
                html.text("). In brackets: the steps of TLC's shortest counterexample.");
            });
            notRun(html, parts);
        });
    }

    private void row(Html html, Parts parts, Table table, String policy) {
        table.header(() -> {
            html.put("b", policy);
            input.note(policy).ifPresent(note -> html.put(tag("span").css("sub"),
                    note.origin() + " · " + note.legsRead() + ", " + note.cleanWhen()));
        });
        PROMISES.forEach(promise -> table.cell(() -> promise(html, parts, policy, promise)));
        Optional<PolicyReplay> replay = results.replay().flatMap(result -> result.policy(policy));
        table.cell(() -> replay.ifPresentOrElse(found -> edges(html, parts, found), parts::notRun));
        table.cell(() -> replay.ifPresentOrElse(found -> {
            if (found.divergences() == 0) {
                html.text("0");
            } else {
                html.in(tag("a").css("plain").with("href", "#" + Anchors.replay(policy)),
                        () -> parts.sign(false, Text.count(found.divergences())));
            }
        }, parts::notRun));
        table.cell(() -> scenario(html, parts, policy));
    }

    private void promise(Html html, Parts parts, String policy, Promise promise) {
        if (results.check().isEmpty()) {
            parts.notRun();
            return;
        }
        List<ModelVerdict> judged = ModelVerdict.CAUSES.stream()
                .flatMap(cause -> results.check().get().model(policy, promise.property(), cause).stream()).toList();
        if (judged.isEmpty()) {
            parts.notRun();
        }
        for (ModelVerdict model : judged) {
            html.in(tag("span").css("line"), () -> {
                html.put(tag("span").css("dim"), model.variantInWords() + " ");
                parts.verdict(model);
            });
        }
    }

    private static void edges(Html html, Parts parts, PolicyReplay replay) {
        html.in(tag("a").css("plain").with("href", "#" + Anchors.replay(replay.policy())),
                () -> parts.sign(replay.complete(), replay.complete() ? "all " + Text.count(replay.edges())
                        : Text.count(replay.covered()) + " of " + Text.count(replay.edges())));
        html.put(tag("span").css("sub line"), "in " + Text.plural(replay.steps(), "step"));
    }

    private void scenario(Html html, Parts parts, String policy) {
        if (results.scenario().isEmpty()) {
            parts.notRun();
            return;
        }
        Optional<ScenarioRun> run = results.scenario().get().run(policy);
        if (run.isEmpty()) {
            html.put(tag("span").css("dim"), "not part of it");
            return;
        }
        ScenarioRun.Outcome outcome = run.get().outcome();
        html.in(tag("a").css("plain").with("href", "#" + Anchors.steps(policy)), () -> parts.sign(
                outcome.legsEqual(), outcome.legsEqual() ? "legs equal" : "legs differ, bit "
                        + outcome.bitAfterCrash()));
        html.put(tag("span").css("sub"), outcome.twoFilesOneBlock() ? "two files, one block"
                : Text.plural(outcome.resyncedRegions(), "region") + " resynced");
    }

    private void notRun(Html html, Parts parts) {
        List<Tier> tiers = results.tiers().stream().filter(Tier::notRun).toList();
        if (tiers.isEmpty()) {
            return;
        }
        html.in(tag("p").css("box notice"), () -> {
            parts.notRun();
            html.text(" ");
            for (int i = 0; i < tiers.size(); i++) {
                html.text(i == 0 ? "" : " · ").link(Anchors.tier(tiers.get(i).name()), tiers.get(i).name());
            }
            html.put(tag("span").css("dim"), " – no evidence of " + (tiers.size() == 1 ? "this kind" : "these kinds")
                    + " stands behind this report.");
        });
    }
}
