package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.Set;

/** What made this report, and how to repeat it. */
final class Foot implements Section {
    private final ReportInput input;

    Foot(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.in(tag("footer").id(Anchors.REPEAT), () -> {
            html.put("h2", "To repeat this");
            html.put(tag("pre").css("command"), commands());
            html.put(tag("p").css("note"), "The same commit gives the same verdicts, state counts, counterexample "
                    + "lengths, suites and bytes; only times differ. With --tla2tools JAR, check runs the same models in a TLC "
                    + "of your own.");
            if (input.results().commits().stream().anyMatch(Commit::dirty)) {
                html.put(tag("p").css("note"), "There were changes beside the commit, which it does not hold: a "
                        + "checkout of it may give something else.");
            }
            html.in(tag("dl").css("versions"), () -> {
                version(html, "Commit", one(input.results().commits()));
                version(html, "Lockstep", input.product().lockstep());
                version(html, "TLC", input.results().check().map(check -> check.tlc() + ", " + check.jar())
                        .orElse("NOT RUN"));
                version(html, "Java", input.product().java());
                version(html, "Specification", input.results().specHashes().isEmpty() ? "unknown"
                        : one(input.results().specHashes()) + " (SHA-256, first 16 digits)");
                version(html, "Licence", "Apache-2.0");
            });
        });
    }

    private static void version(Html html, String what, String value) {
        html.in("div", () -> html.put("dt", what).put("dd", value));
    }

    private static String one(Set<String> values) {
        return values.isEmpty() ? "unknown" : String.join(", ", values);
    }

    private String commands() {
        Set<String> commits = input.results().commits();
        String commit = commits.size() != 1 || !commits.stream().allMatch(Commit::known) ? ""
                : "git checkout " + Commit.hash(commits.iterator().next()) + "\n";
        String lockstep = "java -jar conformance/target/lockstep.jar ";
        return commit + "mvn -q -DskipTests package\n"
                + lockstep + "audit                 # all of this\n"
                + lockstep + "check                 # the verdicts alone\n"
                + lockstep + "explain ext2-bitmap   # the story alone\n"
                + lockstep + "replay " + input.results().replay().map(ReplayResult::size).orElse("1x1x2")
                + "          # the replay alone\n";
    }
}
