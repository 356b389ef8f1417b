package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import dev.lockstep.report.CrashExample.LegBytes;
import dev.lockstep.report.CrashExample.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One desync that a crash has left: what led to it, as a timeline and in words, and the bytes of the two legs side by side. */
final class CrashPicture implements Section {
    private final String tier;
    private final String policy;
    private final CrashExample example;

    CrashPicture(String tier, String policy, CrashExample example) {
        this.tier = tier;
        this.policy = policy;
        this.example = example;
    }

    @Override
    public void write(Html html) {
        LegBytes one = example.legs().get(0);
        LegBytes other = example.legs().get(1);
        html.put("h3", "A desync after a " + example.crash() + ", under " + policy);
        html.put(tag("p").css("note"), "Found by the tier " + tier + ", seed " + example.seed() + ": block " + example.block()
                + " of region " + example.region() + ", whose bit in the log says clean. Leg " + one.leg() + " holds "
                + one.inWords() + ", leg " + other.leg() + " holds " + other.inWords()
                + "; each content has a number, by which it is recognised.");
        html.in(tag("div").css("panels"), () -> {
            html.in(tag("div").css("box panel"), () -> {
                html.put("h4", "What the child told before it died");
                new CrashTimeline(example).write(html);
            });
            html.in(tag("div").css("box panel"), () -> {
                html.put("h4", "In words");
                html.in(tag("ol").css("story"), () -> story().forEach(sentence -> html.put("li", sentence)));
                new BlockBytes(one, other).write(html);
            });
        });
    }

    /** Returns what happened to the block, in the order of the spans, and what the crash made of it. */
    private List<String> story() {
        List<String> story = new ArrayList<>();
        for (Span span : example.spans()) {
            if (span.store()) {
                story.add("Content " + span.content().orElse(0) + " is stored into the block’s memory" + found(span) + ".");
            } else if (span.write()) {
                story.add(write(span));
            }
        }
        if (example.omitted() > 0) {
            story.add("(" + Text.plural(example.omitted(), "event") + " in the middle of these " + (example.omitted() == 1
                    ? "is" : "are") + " left out.)");
        }
        story.add(example.powerCut() ? "The power is cut: memory is lost, and of each device what was not flushed may be."
                : "The process is killed: its memory is lost, and completed writes survive.");
        lost().ifPresent(story::add);
        return story;
    }

    /** Says which leg was found with a stored content. */
    private String found(Span span) {
        List<String> legs = example.legs().stream().filter(leg -> span.content().isPresent()
                && leg.holds() == span.content().getAsLong()).map(leg -> "leg " + leg.leg()).toList();
        return legs.isEmpty() ? "" : "; " + Text.list(legs) + " was found with it";
    }

    private String write(Span span) {
        String what = span.content().isPresent() ? "Content " + span.content().getAsLong() + " is written to the legs"
                : "The page is written: each leg reads its memory on its own";
        if (span.ended().isEmpty()) {
            return what + ". The write is not acknowledged before the crash.";
        }
        boolean stored = example.spans().stream().anyMatch(each -> each.store() && each.begun() > span.begun()
                && each.begun() < span.ended().getAsLong());
        return what + (stored ? ", and it is stored into meanwhile" : "") + ". The write is acknowledged"
                + (span.flushed() ? ", and a flush after it as well." : "; no flush after it is.");
    }

    private Optional<String> lost() {
        Optional<Span> last = example.spans().stream().filter(Span::store).reduce((first, second) -> second);
        return last.filter(span -> span.content().isPresent()
                && example.legs().stream().noneMatch(leg -> leg.holds() == span.content().getAsLong()))
                .map(span -> "Lost with the memory: content " + span.content().getAsLong() + ", which no write had reached.");
    }
}
