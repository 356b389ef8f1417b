package dev.lockstep.validate;

import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a mirror was seen to do: events in chains, each in the order that is known of them. Immutable.
 */
public final class Recording {
    private static final double FIRST_DEATH = 0.4;
    private static final double UNMOUNT = 0.75;

    private final RunSettings settings;
    private final List<List<Event>> chains;
    /** Of each chain the sum of the ends of its first events, as many as the index says. */
    private final List<long[]> ends;
    private final Optional<String> cutShort;

    private Recording(RunSettings settings, List<List<Event>> chains, Optional<String> cutShort) {
        this.settings = settings;
        this.cutShort = cutShort;
        this.chains = chains;
        this.ends = chains.stream().map(Recording::ends).toList();
    }

    /**
     * Records a mirror: it is made, used and killed, opened again, used and unmounted, and once more.
     *
     * @param settings what to record
     * @param folder   an empty folder for its files
     * @return the recording
     * @throws IOException if the files cannot be made or read, or this thread is interrupted (and is so again)
     */
    public static Recording of(RunSettings settings, Path folder) throws IOException {
        Recorder recorder = new Recorder();
        SplittableRandom seeds = new SplittableRandom(settings.seed());
        MirrorRun.make(folder, settings);
        Failures failures = new Failures(settings, recorder);
        int events = settings.events();
        boolean lastDies = seeds.nextBoolean();
        int[] until = {(int) (events * FIRST_DEATH), (int) (events * UNMOUNT), events};
        boolean[] dies = {true, false, lastDies};
        for (int life = 0; life < until.length; life++) {
            failures.born(until[life], dies[life]);
            Optional<String> cutShort = new Life(settings, folder, recorder, failures).live(seeds.split(), until[life], dies[life]);
            if (cutShort.isPresent()) {
                return of(settings, recorder.eventsAndBegun(), cutShort);
            }
            MirrorRun.look(folder, settings, recorder, failures.cut(), failures);
        }
        return of(settings, recorder.events());
    }

    /** A recording of these events, in any order. */
    static Recording of(RunSettings settings, List<Event> events) {
        return of(settings, events, Optional.empty());
    }

    /** A recording of these events, in any order, of a mirror that may have been cut short so. */
    static Recording of(RunSettings settings, List<Event> events, Optional<String> cutShort) {
        List<List<Event>> chains = new ArrayList<>();
        for (Event event : events.stream().sorted(Comparator.comparingLong(Event::begin)).toList()) {
            List<Event> chain = chains.stream().filter(each -> each.get(each.size() - 1).before(event))
                    .max(Comparator.comparingLong(each -> each.get(each.size() - 1).end())).orElse(null);
            if (chain == null) {
                chain = new ArrayList<>();
                chains.add(chain);
            }
            chain.add(event);
        }
        return new Recording(settings, chains.stream().map(List::copyOf).toList(), cutShort);
    }

    /** {@return how the mirror was cut short, one sentence: it hangs, or fails; empty if it was not} */
    public Optional<String> cutShort() {
        return cutShort;
    }

    /** {@return what was recorded} */
    public RunSettings settings() {
        return settings;
    }

    /** {@return how many events there are} */
    public int events() {
        return chains.stream().mapToInt(List::size).sum();
    }

    /** The chains, in no order that means anything. */
    List<List<Event>> chains() {
        return chains;
    }

    /** All events by their beginnings. */
    List<Event> all() {
        return chains.stream().flatMap(List::stream).sorted(Comparator.comparingLong(Event::begin)).toList();
    }

    private static long[] ends(List<Event> chain) {
        long[] ends = new long[chain.size() + 1];
        for (int i = 0; i < chain.size(); i++) {
            ends[i + 1] = ends[i] + chain.get(i).end();
        }
        return ends;
    }

    /** How late, by the clock, what was done by then came about: of two orders of events the one in which they ended is the likelier. */
    long lateness(int[] done) {
        long late = 0;
        for (int chain = 0; chain < done.length; chain++) {
            late += ends.get(chain)[done[chain]];
        }
        return late;
    }

    /** How many events of each chain are known to have come before an event. */
    int[] before(Event event) {
        int[] before = new int[chains.size()];
        Arrays.setAll(before, chain -> before(chains.get(chain), event));
        return before;
    }

    private static int before(List<Event> chain, Event event) {
        int low = 0;
        int high = chain.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chain.get(middle).before(event)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The largest content that there is in it, or may be. */
    int largestContent() {
        return chains.stream().flatMap(List::stream).flatMap(event -> switch (event.what()) {
            case "Files" -> event.arguments().subList(0, 1).stream();
            case "Store", "DirectWrite", "ChangeMemory" -> event.arguments().stream().skip(event.arguments().size() - 1);
            default -> Stream.empty();
        }).mapToInt(Recording::largest).reduce(Contents.VALUES - 1, Math::max);
    }

    private static int largest(Value contents) {
        return contents instanceof TupleValue tuple ? tuple.elements().stream().mapToInt(Recording::largest).max().orElse(0)
                : (int) ((IntValue) contents).value();
    }

    /** It, as TLA+ writes it. */
    String tla() {
        StringBuilder text = new StringBuilder("<<");
        for (int chain = 0; chain < chains.size(); chain++) {
            text.append(chain == 0 ? "\n " : ",\n ").append("<<");
            for (int i = 0; i < chains.get(chain).size(); i++) {
                text.append(i == 0 ? "\n  " : ",\n  ");
                write(chains.get(chain).get(i), text);
            }
            text.append(">>");
        }
        return text.append(">>").toString();
    }

    private void write(Event event, StringBuilder text) {
        text.append("<<").append(Value.of(event.what())).append(", ").append(Value.tuple(event.arguments())).append(", <<");
        int[] before = before(event);
        for (int i = 0; i < before.length; i++) {
            text.append(i == 0 ? "" : ",").append(before[i]);
        }
        text.append(">>, ").append(Value.of(event.certain())).append(">>");
    }
}
