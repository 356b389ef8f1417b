package dev.lockstep.crash.inside;

import dev.lockstep.crash.inside.CrashExample.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a child told of one block, as spans of time: the same lines that {@link Recording} judges by, read for a picture. A line that
 * cannot be read is passed over here, as it decides nothing. Not thread-safe.
 */
final class ToldSpans {
    private static final int MOST = 14;
    private static final int LAST = 5;
    private static final int WORDS_OF_DIRECT = 6;

    private final long block;
    private final long page;
    private final List<Open> spans = new ArrayList<>();
    private final Map<String, Open> open = new HashMap<>();
    private long end;

    /** A span that may go on. */
    private static final class Open {
        final String what;
        final Long content;
        final long begun;
        Long ended;

        Open(String what, Long content, long begun) {
            this.what = what;
            this.content = content;
            this.begun = begun;
        }

        boolean writes() {
            return what.equals(Span.WRITE) || what.equals(Span.DIRECT);
        }
    }

    /**
     * Of a block.
     *
     * @param block         the block
     * @param blocksPerPage how many blocks a page has
     * @param lines         what the child told before its death came, in order
     */
    ToldSpans(long block, int blocksPerPage, List<String> lines) {
        this.block = block;
        this.page = block / blocksPerPage;
        for (String line : lines) {
            try {
                take(line.split(" "));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                // What a JVM prints when it cannot go on: no part of the picture.
                continue;
            }
        }
    }

    private void take(String... words) {
        String name = words[0].toLowerCase(Locale.ROOT);
        if (words[0].length() != 1 || !"sbdf".contains(name)) {
            return;
        }
        long when = Long.parseLong(words[words.length - 1]);
        switch (words[0]) {
            case "S" -> begin(number(words[1]) == block, "s" + words[1], Span.STORE, number(words[2]), when);
            case "B" -> begin(number(words[1]) == page, "b" + words[1], Span.WRITE, null, when);
            case "D" -> direct(when, words);
            case "F" -> begin(true, "f" + words[1], Span.FLUSH, null, when);
            default -> Optional.ofNullable(open.remove(name + words[1])).ifPresent(span -> span.ended = when);
        }
        end = when;
    }

    private void direct(long when, String... words) {
        if (words.length == WORDS_OF_DIRECT) {
            long into = block - number(words[2]);
            begin(into >= 0 && into < number(words[3]), "d" + words[1], Span.DIRECT, number(words[4]) + into, when);
        }
    }

    private void begin(boolean here, String name, String what, Long content, long when) {
        if (here) {
            Open span = new Open(what, content, when);
            spans.add(span);
            open.put(name, span);
        }
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }

    /** {@return when the last line was told that says when} */
    long end() {
        return end;
    }

    /**
     * {@return what was under way when the block's last write began, all that began later, and the last store before: what that write
     * found. It is the last write that was acknowledged, if there is one: under a bit that says clean, no later one has begun}
     */
    List<Span> telling() {
        Optional<Open> ended = last(spans.stream().filter(span -> span.writes() && span.ended != null).toList());
        long from = ended.or(() -> last(spans.stream().filter(Open::writes).toList())).map(write -> write.begun).orElse(0L);
        Optional<Open> found = last(spans.stream().filter(span -> span.what.equals(Span.STORE) && span.begun < from).toList());
        return spans.stream()
                .filter(span -> span.begun >= from || span.ended == null || span.ended >= from || found.filter(span::equals).isPresent())
                .map(span -> new Span(span.what, span.content, span.begun, span.ended, span.writes() && flushed(span))).toList();
    }

    private static Optional<Open> last(List<Open> spans) {
        return spans.stream().max(Comparator.comparingLong(span -> span.begun));
    }

    private boolean flushed(Open write) {
        return write.ended != null && spans.stream().anyMatch(span -> span.what.equals(Span.FLUSH) && span.begun > write.ended
                && span.ended != null);
    }

    /** {@return the first and the last of these, as many as can be looked at} */
    static List<Span> few(List<Span> spans) {
        if (spans.size() <= MOST) {
            return spans;
        }
        List<Span> few = new ArrayList<>(spans.subList(0, MOST - LAST));
        few.addAll(spans.subList(spans.size() - LAST, spans.size()));
        return few;
    }
}
