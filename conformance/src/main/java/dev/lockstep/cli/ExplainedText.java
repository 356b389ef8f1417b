package dev.lockstep.cli;

import dev.lockstep.report.Drawing;
import dev.lockstep.scenario.ForcedRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A finding, or a model that is none, explained to a reader: what it is, its steps, and what they left on real files. */
final class ExplainedText {
    private static final String NONE = "-";
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private final Explained explained;
    private final Optional<ForcedRun> run;

    ExplainedText(Explained explained, Optional<ForcedRun> run) {
        this.explained = explained;
        this.run = run;
    }

    String write() {
        StringBuilder text = new StringBuilder(head());
        if (!explained.steps().isEmpty()) {
            text.append('\n').append(steps());
        }
        run.ifPresent(forced -> text.append('\n').append(forced(forced)));
        if (!explained.unexpected().isEmpty()) {
            text.append("\nNot as expected:\n");
            explained.unexpected().forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        }
        return text.toString();
    }

    private String head() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  model", explained.model()));
        rows.add(List.of("  policy", explained.policy().isEmpty() ? NONE : explained.policy()));
        rows.add(List.of("  property", explained.property() + (explained.counterexampleLength() == null ? ""
                : ", violated in " + explained.counterexampleLength() + " states, by " + explained.tlc())));
        if (explained.status() != null) {
            rows.add(List.of("  harm", explained.harm()));
            rows.add(List.of("  mirror", switch (explained.status()) {
                case "forced" -> "forced: it can be made to do it, and is";
                case "pending" -> "pending: needs " + explained.why();
                default -> explained.status() + ": " + explained.why();
            }));
        }
        return explained.name() + (explained.title() == null ? "" : ": " + explained.title()) + "\n" + new Columns(rows).text(0, -1);
    }

    private String steps() {
        return Drawing.of(Json.MAPPER.valueToTree(explained)).stream().map(Drawing::text).collect(Collectors.joining("\n"));
    }

    private String forced(ForcedRun forced) {
        int steps = explained.steps().size() - 1;
        StringBuilder text = new StringBuilder();
        forced.divergence().ifPresent(divergence -> {
            text.append("divergence at state ").append(divergence.number()).append(", ").append(divergence.action()).append('\n');
            for (ShownDifference difference : ShownDifference.of(divergence.differences())) {
                text.append("  ").append(difference.variable()).append("\n    expected  ").append(difference.expected())
                        .append("\n    observed  ").append(difference.observed()).append('\n');
            }
        });
        forced.end().ifPresent(end -> {
            text.append("The same ").append(steps).append(" steps, forced on the mirror over real files: after each of them it is as TLC "
                    + "says.\n").append(left(end.afterSteps()));
            end.story().forEach(sentence -> text.append(sentence).append('\n'));
            if (!end.left().equals(end.afterSteps())) {
                text.append(left(end.left()));
            }
        });
        return text.toString();
    }

    private static String left(ForcedRun.Left left) {
        StringBuilder text = new StringBuilder();
        for (int leg = 0; leg < left.legs().size(); leg++) {
            text.append("  leg ").append(leg).append("  ").append(left.legs().get(leg)).append("  ")
                    .append(printable(left.legs().get(leg))).append('\n');
        }
        return text.append(left.legsEqual() ? "  the legs are equal" : "  the legs differ from byte " + left.differingOffset() + " on")
                .append("; bytes ").append(left.offset()).append(" and following are shown\n  the log file says that the region is ")
                .append(left.bit()).append('\n').toString();
    }

    /** The contents say in words what they are. */
    private static String printable(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < FIRST_PRINTABLE || bytes[i] > LAST_PRINTABLE) {
                bytes[i] = '.';
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
