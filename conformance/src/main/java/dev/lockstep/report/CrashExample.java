package dev.lockstep.report;

import java.util.List;
import java.util.OptionalLong;

/**
 * A desync as a crash has left it.
 *
 * @param crash "kill" or "power cut"
 * @param end when the crash came, on the child's clock in microseconds, as the spans' times are
 * @param spans in the order in which they began
 * @param omitted how many spans are left out in the middle
 */
record CrashExample(String crash, long seed, long block, long region, List<LegBytes> legs, long end, List<Span> spans,
        long omitted) {
    /** A block's bytes on a leg, and the number of the content that it holds whole; -1 if it holds none. */
    record LegBytes(long leg, long holds, Bytes bytes) {
        static LegBytes of(Entry json) {
            return new LegBytes(json.number("leg"), json.number("holds"), Bytes.of(json.at("bytes")));
        }

        /** Returns what it holds, in words. */
        String inWords() {
            return holds < 0 ? "no content whole" : "content " + holds;
        }
    }

    /**
     * What a child did for some time.
     *
     * @param what "store", "write", "direct" or "flush"
     * @param ended nothing if it was not acknowledged before the crash
     * @param flushed of a write: whether a flush that began after it has ended
     */
    record Span(String what, OptionalLong content, long begun, OptionalLong ended, boolean flushed) {
        static Span of(Entry json) {
            return new Span(json.text("what"), json.maybeNumber("content"), json.number("begun"), json.maybeNumber("ended"),
                    json.flag("flushed"));
        }

        boolean store() {
            return what.equals("store");
        }

        boolean flush() {
            return what.equals("flush");
        }

        boolean write() {
            return !store() && !flush();
        }
    }

    static CrashExample of(Entry json) {
        Entry legs = json.at("legs");
        CrashExample example = new CrashExample(json.text("crash"), json.number("seed"), json.number("block"),
                json.number("region"), legs.items(LegBytes::of), json.number("end"), json.list("spans", Span::of),
                json.number("omitted"));
        if (example.legs().size() != 2) {
            throw legs.expected("two legs");
        }
        return example;
    }

    boolean powerCut() {
        return crash.equals("power cut");
    }
}
