package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.List;
import java.util.function.IntFunction;

/** The specification and the Java sources that are spoken of, every line an anchor. */
final class Listings implements Section {
    private final ReportInput input;

    Listings(ReportInput input) {
        this.input = input;
    }

    @Override
    public void write(Html html) {
        html.in(tag("section").id(Anchors.SPEC).with("aria-labelledby", "spec-title"), () -> {
            html.put(tag("h2").id("spec-title"), "The specification");
            input.spec().modules().forEach(module -> listing(html, module.name() + ".tla", module.lines(),
                    line -> Anchors.spec(module.name(), line)));
        });
        html.in(tag("section").id(Anchors.JAVA).with("aria-labelledby", "java-title"), () -> {
            html.put(tag("h2").id("java-title"), "The Java classes spoken of");
            input.java().sources().forEach(source -> listing(html, source.path(), source.lines(),
                    line -> Anchors.java(source.name(), line)));
        });
    }

    private static void listing(Html html, String name, List<String> lines, IntFunction<String> anchor) {
        html.in("h3", () -> html.put("code", name));
        new Parts(html, null).scrolling(name, () -> html.in(tag("pre").css("listing"), () -> {
            for (int line = 1; line <= lines.size(); line++) {
                line(html, anchor.apply(line), line, lines.get(line - 1));
            }
        }));
    }

    private static void line(Html html, String anchor, int number, String text) {
        html.in(tag("span").id(anchor).css(comment(text) ? "l c" : "l"), () -> {
            html.put(tag("a").with("href", "#" + anchor), Integer.toString(number));
            html.text(text + "\n");
        });
    }

    /** Whether a line is comment and nothing else, in TLA+ or in Java. */
    private static boolean comment(String line) {
        String text = line.strip();
        return text.startsWith("\\*") || text.startsWith("(*") || text.startsWith("//") || text.startsWith("/*")
                || text.startsWith("* ") || text.equals("*") || text.equals("*/");
    }
}
