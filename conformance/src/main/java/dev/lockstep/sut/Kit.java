package dev.lockstep.sut;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Mode;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What whoever writes an adapter tries first: one short story from opening a volume to its resync, an event at a time, and what has to be
 * wanted after each. What that is says {@link OwnDriver}, which is told the same: Lockstep's region machine, for whatever policy. Passing this shows that
 * the protocol is understood and little more; the replay is what looks at everything. Not thread-safe.
 */
public final class Kit implements AutoCloseable {
    /** The volume of the story: one region of one block on two legs. */
    public static final Size SIZE = Size.SMALLEST;

    private static final String DURABLE = "LogWrite, LogFlushBegin, LogFlushEnd";
    private static final String WRITTEN = "Issue 0, LegWrite 0 0 0, LegWrite 0 0 1, EndWrite 0";
    private static final String SWEPT = "Quiesce 0, Nominate, SyncBegin, SyncEnd, Compare 0";
    private static final String MARKED = "CertifyBegin, LegFlushEnd 0, LegFlushEnd 1, CertifyEnd";

    /** What happens, in its order. A step that a policy does not have is left out. */
    private static final List<Part> STORY = List.of(
            part("a volume that is clean is opened", "Restart", DURABLE),
            part("it is read", "Read 0 1"),
            part("a block is written", "DirectWrite 0 0 1", DURABLE, WRITTEN),
            part("the region drains and is marked clean", SWEPT, MARKED, DURABLE),
            part("the user asks for a flush", "FlushBegin, LegFlushEnd 1, LegFlushEnd 0, FlushEnd"),
            part("the region is written while it is being marked clean", "DirectWrite 0 0 0", DURABLE, WRITTEN, SWEPT,
                    "CertifyBegin, LegFlushEnd 0, DirectWrite 0 0 1, LegFlushEnd 1, FlushEnd", WRITTEN),
            part("the volume is unmounted", "Quiesce 0, UnmountBegin, Nominate, Compare 0", MARKED, DURABLE, "UnmountEnd"),
            part("it is opened again, and killed in the middle of a write", "Restart", DURABLE, "DirectWrite 0 0 0", DURABLE,
                    "Issue 0, LegWrite 0 0 0, Kill"),
            part("the region is out of sync, and written", "Restart", DURABLE, "Read 0 0, DirectWrite 0 0 1, Issue 0, LegWrite 0 0 0, EndWrite 0"),
            part("it is resynced, and a write waits for that", "ResyncBegin 0, DirectWrite 0 0 0, ResyncCopy 0 1, ResyncEnd 0", WRITTEN));

    private final DrivenMirror mirror;
    private final DrivenMirror right;
    private final Told told;

    /** A part of the story: actions of Mirror.tla, each with its parameters. */
    private record Part(String name, List<Label> steps) {
    }

    private static Part part(String name, String... steps) {
        return new Part(name, Stream.of(steps).flatMap(some -> Stream.of(some.split(", "))).map(Kit::label).toList());
    }

    private static Label label(String step) {
        String[] words = step.split(" ");
        return Label.of(words[0], Stream.of(words).skip(1).map(word -> new IntValue(Integer.parseInt(word))).toArray(Value[]::new));
    }

    /**
     * A step of the story, and what came of it.
     *
     * @param name     what happens, and the action of Mirror.tla that it is
     * @param sent     the lines that were sent, but for their numbers
     * @param expected what was expected to be wanted, and where reads may go
     * @param got      what is
     * @param right    whether that is the same
     */
    public record Check(String name, List<String> sent, String expected, String got, boolean right) {
    }

    /** Keeps what an adapter is told. */
    private static final class Told implements Adapter {
        private final Adapter adapter;
        private final List<String> lines = new ArrayList<>();

        Told(Adapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public Answer tell(Event event) {
            lines.add(event.toString());
            return adapter.tell(event);
        }

        @Override
        public String end() {
            return adapter.end();
        }
    }

    /**
     * Of a mirror that has done nothing yet.
     *
     * @param folder  an empty folder for the files of the story
     * @param policy  the policy that the mirror is to keep to
     * @param adapter the mirror, which is closed with this
     * @throws IOException if the files cannot be made
     */
    public Kit(Path folder, Policy policy, Adapter adapter) throws IOException {
        told = new Told(adapter);
        mirror = volume(Files.createDirectory(folder.resolve("mirror")), policy, told);
        right = volume(Files.createDirectory(folder.resolve("right")), policy, new OwnDriver(SIZE, policy));
    }

    private static DrivenMirror volume(Path folder, Policy policy, Adapter adapter) throws IOException {
        return new DrivenMirror(folder, SIZE, policy, Surroundings.of(Storing.NONE, List.of("read", "direct")), LogFormat.DM,
                new Stamps(SIZE.blocks(), 2), adapter);
    }

    /**
     * {@return the steps of the story, up to the first of which something is not right}
     *
     * @throws IOException if the files cannot be used
     */
    public List<Check> run() throws IOException {
        List<Check> checks = new ArrayList<>();
        for (Part part : STORY) {
            for (Label step : part.steps()) {
                Optional<Check> check = right.prepare(step).enabled() ? Optional.of(check(part.name(), step)) : Optional.empty();
                check.ifPresent(checks::add);
                if (check.isPresent() && !check.get().right()) {
                    return checks;
                }
            }
        }
        return checks;
    }

    private Check check(String part, Label step) throws IOException {
        right.prepare(step).perform();
        String expected = said(right);
        told.lines.clear();
        String got;
        try {
            mirror.prepare(step).perform();
            got = said(mirror);
        } catch (AdapterException e) {
            got = e.observed();
        } catch (RefusedException | IllegalStateException e) {
            got = e.getMessage();
        }
        return new Check(part + ": " + step, List.copyOf(told.lines), expected, got, got.equals(expected));
    }

    /** Nobody reads a volume that is being unmounted. */
    private static String said(DrivenMirror mirror) {
        return "wants " + mirror.wants().texts() + (mirror.mode() == Mode.UP
                ? ", reads " + mirror.wants().reads().stream().map(legs -> legs.stream().sorted().toList()).toList() : "");
    }

    @Override
    public void close() throws IOException {
        try {
            mirror.close();
        } finally {
            right.close();
        }
    }
}
