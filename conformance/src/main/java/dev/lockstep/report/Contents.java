package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.List;

/** What comes after the first screen. */
final class Contents implements Section {
    private record Item(String anchor, String name) {
    }

    private static final List<Item> ITEMS = List.of(
            new Item(Anchors.STEPS, "The story, step by step"),
            new Item(Anchors.VERDICTS, "Verdicts"),
            new Item(Anchors.REPLAY, "Replay"),
            new Item(Anchors.CRASHES, "Crashes"),
            new Item(Anchors.CLAIMS, "Claims"),
            new Item(Anchors.TIERS, "What was run"),
            new Item(Anchors.MAIL, "The mail"),
            new Item(Anchors.SPEC, "Specification"),
            new Item(Anchors.JAVA, "Java"),
            new Item(Anchors.REPEAT, "To repeat this"));

    @Override
    public void write(Html html) {
        html.in(tag("nav").with("aria-label", "On this page"), () ->
                html.in("ul", () -> ITEMS.forEach(item ->
                        html.in("li", () -> html.link(item.anchor(), item.name())))));
    }
}
