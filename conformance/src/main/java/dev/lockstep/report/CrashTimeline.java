package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import dev.lockstep.report.CrashExample.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a child told of one block until a crash, as a drawing: time runs downwards, a row a change, not to scale; what is told is a
 * lane each. Narrow enough for a narrow screen.
 */
final class CrashTimeline implements Section {
    private static final int WIDTH = 340;
    private static final int ROW = 20;
    private static final int TOP = 34;
    private static final int TIME = 52;
    private static final int MEMORY = 84;
    private static final int WRITES = 172;
    private static final int FLUSHES = 246;
    private static final int ACKNOWLEDGED = 312;
    /** Flushes of several writers overlap: so they stand beside each other. */
    private static final int BESIDE = 9;
    private static final int FLUSHES_BESIDE = 3;
    private static final int MICROS_PER_MILLI = 1000;

    private final CrashExample example;
    private final List<Long> rows;

    CrashTimeline(CrashExample example) {
        this.example = example;
        this.rows = Stream.concat(example.spans().stream().map(Span::begun), example.spans().stream().filter(span -> !point(span))
                .flatMap(span -> span.ended().stream().boxed())).distinct().sorted().toList();
    }

    /** A store during which nothing else was told is drawn as a point. */
    private boolean point(Span span) {
        return span.store() && span.ended().isPresent() && example.spans().stream().noneMatch(other -> other != span
                && (within(span, other.begun()) || other.ended().isPresent() && within(span, other.ended().getAsLong())));
    }

    private static boolean within(Span span, long when) {
        return when > span.begun() && when < span.ended().orElseThrow();
    }

    @Override
    public void write(Html html) {
        int height = crashAt() + 3 * ROW;
        html.in(tag("svg").css("timeline").with("viewBox", "0 0 " + WIDTH + " " + height).with("width", "" + WIDTH)
                .with("height", "" + height).with("role", "img").with("aria-label", "A timeline: the block’s memory, its page’s "
                        + "writes, the flushes and what was acknowledged, until the crash. The list says the same in words."), () -> {
            heads(html);
            rows.forEach(when -> text(html, TIME, at(when) + 4, "end dim", time(when)));
            int flush = 0;
            for (Span span : example.spans()) {
                if (span.store()) {
                    store(html, span);
                } else {
                    bar(html, span, span.flush() ? FLUSHES + (flush++ % FLUSHES_BESIDE - 1) * BESIDE : WRITES);
                }
            }
            crash(html);
        });
        html.put(tag("p").css("note"), "Milliseconds of the child’s clock; not to scale. An open end at the crash: under way, and "
                + "not acknowledged. Flushes are those that a user asked for; the mirror’s own, before it marks a region clean, are not "
                + "told." + (example.omitted() > 0 ? " " + Text.plural(example.omitted(), "event") + " in the middle left out." : ""));
    }

    private static void heads(Html html) {
        text(html, TIME, 14, "end dim", "ms");
        text(html, MEMORY, 14, "mid", "memory");
        text(html, WRITES, 14, "mid", "write");
        text(html, FLUSHES, 14, "mid", "flush");
        text(html, ACKNOWLEDGED, 14, "mid", "ackn’d");
    }

    private void store(Html html, Span span) {
        boolean found = span.content().isPresent() && example.legs().stream()
                .anyMatch(leg -> leg.holds() == span.content().getAsLong());
        int from = at(span.begun());
        if (!point(span)) {
            line(html, "store", MEMORY, from, MEMORY, until(span));
        }
        html.in(tag("circle").css(found ? "store found" : "store").with("cx", "" + MEMORY).with("cy", "" + from).with("r", "5"),
                () -> { });
        text(html, MEMORY + 11, from + 4, found ? "strong" : "", Long.toString(span.content().orElse(0)));
    }

    private void bar(Html html, Span span, int x) {
        int from = at(span.begun());
        String css = span.flush() ? "flush" : "write";
        line(html, css, x, from, x, until(span));
        line(html, css, x - 4, from, x + 4, from);
        if (span.ended().isPresent()) {
            line(html, css, x - 4, until(span), x + 4, until(span));
            text(html, ACKNOWLEDGED, until(span) + 4, "mid good", "✓ " + (span.flush() ? "flush" : "write"));
        }
        if (span.content().isPresent()) {
            text(html, x + 8, from + 4, "", Long.toString(span.content().getAsLong()));
        }
    }

    private void crash(Html html) {
        int y = crashAt();
        text(html, TIME, y + 4, "end dim", time(example.end()));
        line(html, "crash", TIME + 6, y, WIDTH, y);
        text(html, WIDTH, y - 5, "end bad", example.powerCut() ? "POWER CUT" : "KILLED");
        List<String> found = new ArrayList<>();
        example.legs().forEach(leg -> found.add("leg " + leg.leg() + ": " + (leg.holds() < 0 ? "a mixture" : "" + leg.holds())));
        text(html, TIME + 6, y + ROW, "strong", "found: " + String.join("  ≠  ", found));
        text(html, TIME + 6, y + 2 * ROW, "dim", "region " + example.region() + ": the bit says clean");
    }

    private int at(long when) {
        return TOP + rows.indexOf(when) * ROW;
    }

    /** What has no end goes on into the crash. */
    private int until(Span span) {
        OptionalLong ended = span.ended();
        return ended.isPresent() ? at(ended.getAsLong()) : crashAt();
    }

    private int crashAt() {
        return TOP + (rows.size() + 1) * ROW;
    }

    private static String time(long micros) {
        return String.format(Locale.ROOT, "%.2f", (double) micros / MICROS_PER_MILLI);
    }

    private static void line(Html html, String css, int x1, int y1, int x2, int y2) {
        html.in(tag("line").css(css).with("x1", "" + x1).with("y1", "" + y1).with("x2", "" + x2).with("y2", "" + y2), () -> { });
    }

    private static void text(Html html, int x, int y, String css, String words) {
        html.put(tag("text").cssIf(!css.isEmpty(), css).with("x", "" + x).with("y", "" + y), words);
    }
}
