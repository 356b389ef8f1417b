package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import dev.lockstep.report.CrashExample.LegBytes;
import java.util.List;
import java.util.stream.IntStream;

/** A block as two legs hold it, side by side or one under the other, from just before the first byte that differs. */
final class BlockBytes implements Section {
    private static final int ROW = 8;
    private static final int ROWS = 8;

    private final LegBytes one;
    private final LegBytes other;

    BlockBytes(LegBytes one, LegBytes other) {
        this.one = one;
        this.other = other;
    }

    @Override
    public void write(Html html) {
        List<Integer> differences = one.bytes().differences(other.bytes());
        int all = Math.max(one.bytes().length(), other.bytes().length());
        int first = differences.isEmpty() ? 0 : Math.max(0, differences.get(0) / ROW - 1) * ROW;
        int end = Math.min(all, first + ROW * ROWS);
        html.in(tag("div").css("legs"), () -> {
            leg(html, one, other, first, end);
            leg(html, other, one, first, end);
        });
        html.put(tag("p").css("note"), "The legs differ in " + Text.count(differences.size()) + " of the block’s "
                + Text.plural(all, "byte") + (end - first < all ? "; bytes " + first + " to " + (end - 1) + " are shown" : "")
                + ". A byte that differs is marked.");
    }

    private static void leg(Html html, LegBytes leg, LegBytes other, int first, int end) {
        html.in(tag("table").css("quiet hex"), () -> {
            html.put("caption", "The block’s bytes on leg " + leg.leg());
            html.in("thead", () -> html.in("tr", () -> {
                html.put(tag("th").with("scope", "col"), "leg " + leg.leg());
                IntStream.range(0, ROW).forEach(at -> html.put(tag("th").with("scope", "col"), Integer.toHexString(at)));
            }));
            html.in("tbody", () -> IntStream.iterate(first, at -> at < end, at -> at + ROW)
                    .forEach(row -> html.in("tr", () -> {
                        html.put(tag("th").with("scope", "row"), String.format("%03x", row));
                        IntStream.range(row, Math.min(row + ROW, end)).forEach(at -> html.in("td", () ->
                                html.put(leg.bytes().differs(other.bytes(), at) ? "mark" : "span", leg.bytes().hex(at))));
                    })));
        });
    }
}
