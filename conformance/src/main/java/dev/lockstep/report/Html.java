package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.Set;

/**
 * A page being written. Everything that comes in as text goes out escaped, so that no value can become markup; elements
 * close themselves. Not thread-safe.
 */
final class Html {
    /** Elements after which a line ends, so that two pages can be compared line by line. */
    private static final Set<String> LINES = Set.of("html", "head", "title", "body", "header", "main", "footer",
            "nav", "section", "div", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption",
            "thead", "tbody", "tr", "td", "th", "details", "summary", "pre");

    private final StringBuilder out = new StringBuilder(1 << 18);

    /** Writes an element with what the body writes inside. */
    Html in(Tag tag, Runnable body) {
        out.append('<').append(tag.name()).append(tag.attributes()).append('>');
        body.run();
        out.append("</").append(tag.name()).append('>');
        if (LINES.contains(tag.name())) {
            out.append('\n');
        }
        return this;
    }

    Html in(String name, Runnable body) {
        return in(tag(name), body);
    }

    /** Writes an element with a text inside. */
    Html put(Tag tag, String text) {
        return in(tag, () -> text(text));
    }

    Html put(String name, String text) {
        return put(tag(name), text);
    }

    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Writes a link to an anchor of this page. */
    Html link(String anchor, String text) {
        return put(tag("a").with("href", "#" + anchor), text);
    }

    /** Writes an element that has no content and no end. */
    Html empty(Tag tag) {
        out.append('<').append(tag.name()).append(tag.attributes()).append('>');
        return this;
    }

    /** Writes an element of SVG that has no content, and is closed as XML wants it. */
    Html closed(Tag tag) {
        out.append('<').append(tag.name()).append(tag.attributes()).append("/>");
        return this;
    }

    /** Writes the style sheet: ours, so not escaped, but it must not be able to end its element. */
    Html style(String css) {
        if (css.contains("</")) {
            throw new IllegalArgumentException("the style sheet ends its element");
        }
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    Html doctype() {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    /** Returns the text as it may stand between tags and in quoted attributes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(allowed(text, i) ? c : '\uFFFD');
            }
        }
        return escaped.toString();
    }

    /** Whether what stands there may stand in XML: no control character, no half of a pair, none of the two that are none. */
    private static boolean allowed(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c == '\n' || c == '\t' || !Character.isISOControl(c) && c < '\uFFFE';
    }

    /** Returns the page as far as it is written. */
    @Override
    public String toString() {
        return out.toString();
    }
}
