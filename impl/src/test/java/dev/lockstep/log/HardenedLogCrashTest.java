package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Every short life of a small hardened log, and every content that a crash may leave at its end: any subset of the sectors that no
 * flush has made durable. Each reads as what was promised last, or as what was written since, whole; so no bit is ever clean that
 * was promised to be dirty. A life may itself begin with what a kill or a power cut left of another.
 */
class HardenedLogCrashTest {

    /** Two sectors of bits; the region that is turned in each. */
    private static final int REGIONS = 8_192;
    private static final int[] TURNED = {0, 5_000};
    private static final Superblock VOLUME = new Superblock(new UUID(1, 2), REGIONS * 4096L, 4096, 0,
            List.of(new Superblock.LegEntry("a", false), new Superblock.LegEntry("b", false)));

    /** What can happen next. A write turns one bit; what is torn dies with some of the sectors that it would change. */
    private enum Event {
        TURN_ONE, TURN_OTHER, FLUSH, WRITE_DURING_FLUSH, KILL, TEAR_FIRST_COPY, TEAR_FIRST_COPY_OTHERWISE,
        KILL_BETWEEN_COPIES, TEAR_SECOND_COPY, TEAR_SECOND_COPY_OTHERWISE, KILL_BEFORE_LAST_FLUSH, CUT
    }

    /** An event; of a power cut, which of the states that it may leave. */
    private record Happening(Event event, int state) {
    }

    /** A log in use, what was promised of it, and what was written since. */
    private static final class Life {
        private final UnaryOperator<Leg> fault;
        private SectorLeg device = new SectorLeg(HardenedFormat.requiredLength(REGIONS));
        private DirtyRegionLog log;
        private final Set<String> promised = new HashSet<>();

        Life(UnaryOperator<Leg> fault) throws IOException {
            this.fault = fault;
            DirtyRegionLog.create(device, VOLUME, LogImage.allClean(REGIONS));
            promised.add("11");
            open(device);
        }

        private void open(SectorLeg left) {
            device = left;
            log = DirtyRegionLog.open(fault.apply(device), VOLUME);
        }

        private static String bits(LogImage image) {
            String bits = "";
            for (int region : TURNED) {
                bits += image.isClean(region) ? "1" : "0";
            }
            assertThat(image.dirtyCount()).as("regions that nobody turned").isLessThanOrEqualTo(TURNED.length);
            return bits;
        }

        private void write(int which) throws IOException {
            if (!log.image().markDirty(TURNED[which])) {
                log.image().markClean(TURNED[which]);
            }
            promised.add(bits(log.image()));
            log.write();
        }

        private void flushed(Flush flush, Set<String> left) throws IOException {
            flush.await();
            if (!log.needsWrite()) {
                promised.retainAll(left);
            }
        }

        private void tornWrite(int keeps) {
            device.tear(0, keeps);
            assertThatThrownBy(() -> write(0)).isInstanceOf(SectorLeg.Died.class);
            open(device.killed());
        }

        private void tornFlush(int keeps) throws IOException {
            device.tear(0, keeps);
            try {
                flushed(log.beginFlush(), Set.of(bits(log.image())));
            } catch (SectorLeg.Died e) {
                // Of what was written second there are only some sectors.
            }
            open(device.killed());
        }

        void happen(Happening each) throws IOException {
            switch (each.event) {
                case TURN_ONE -> write(0);
                case TURN_OTHER -> write(1);
                case FLUSH -> flushed(log.beginFlush(), Set.of(bits(log.image())));
                case WRITE_DURING_FLUSH -> {
                    Set<String> left = new HashSet<>(log.needsWrite() ? promised : Set.of(bits(log.image())));
                    Flush flush = log.beginFlush();
                    write(0);
                    left.add(bits(log.image()));
                    flushed(flush, left);
                }
                case KILL -> open(device.killed());
                case TEAR_FIRST_COPY -> tornWrite(0b001);
                case TEAR_FIRST_COPY_OTHERWISE -> tornWrite(0b110);
                case KILL_BETWEEN_COPIES -> tornFlush(0);
                case TEAR_SECOND_COPY -> tornFlush(0b001);
                case TEAR_SECOND_COPY_OTHERWISE -> tornFlush(0b110);
                case KILL_BEFORE_LAST_FLUSH -> tornFlush(-1);
                case CUT -> open(cuts().get(each.state));
            }
        }

        List<SectorLeg> cuts() {
            List<SectorLeg> cuts = new ArrayList<>();
            device.forEachCut(cuts::add);
            return cuts;
        }

        /** Judges what a kill leaves now, and whatever a power cut may. */
        int judge() {
            judge(device);
            List<SectorLeg> cuts = cuts();
            cuts.forEach(this::judge);
            return cuts.size();
        }

        private void judge(SectorLeg left) {
            LogContents found = HardenedContents.read(fault.apply(left), VOLUME).contents();
            assertThat(found.distrust()).isEmpty();
            assertThat(promised).contains(bits(found.image()));
        }
    }

    /** How many lives and how many crash states were looked at. */
    private static final class Count {
        private int lives;
        private long states;
    }

    private static void explore(UnaryOperator<Leg> fault, List<Happening> before, int more, Count count) {
        try {
            Life life = new Life(fault);
            for (Happening each : before) {
                life.happen(each);
            }
            int cuts = life.judge();
            count.lives++;
            count.states += cuts;
            if (more > 0) {
                for (Event event : Event.values()) {
                    for (int state = 0; state < (event == Event.CUT ? cuts : 1); state++) {
                        List<Happening> next = new ArrayList<>(before);
                        next.add(new Happening(event, state));
                        explore(fault, next, more - 1, count);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(before.toString(), e);
        } catch (AssertionError e) {
            throw new AssertionError("after " + before + ": " + e.getMessage(), e);
        }
    }

    @Test
    void everyShortLifeEndsWithWhatWasPromisedOrWithWhatWasWrittenSince() {
        Count count = new Count();
        explore(UnaryOperator.identity(), List.of(), 3, count);
        assertThat(count.lives).isGreaterThan(2_000);
        assertThat(count.states).isGreaterThan(9_000);
    }

    @Test
    void soDoLongLivesThatChanceChooses() throws IOException {
        walk(UnaryOperator.identity(), 20_250, 400);
    }

    private static void walk(UnaryOperator<Leg> fault, long firstSeed, int lives) throws IOException {
        for (long seed = firstSeed; seed < firstSeed + lives; seed++) {
            Random random = new Random(seed);
            Life life = new Life(fault);
            List<Happening> before = new ArrayList<>();
            try {
                for (int i = 0; i < 12; i++) {
                    Event event = Event.values()[random.nextInt(Event.values().length)];
                    Happening next = new Happening(event, event == Event.CUT ? random.nextInt(life.cuts().size()) : 0);
                    before.add(next);
                    life.happen(next);
                    if (life.cuts().size() < 2_000) {
                        life.judge();
                    }
                }
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", after " + before + ": " + e.getMessage(), e);
            }
        }
    }

    /** A fault is planted between log and device: the same lives have to show it. */
    private static void shows(UnaryOperator<Leg> fault) {
        assertThatThrownBy(() -> {
            explore(fault, List.of(), 2, new Count());
            walk(fault, 7, 400);
        }).isInstanceOf(AssertionError.class).hasMessageContaining("after [");
    }

    @Test
    void aFlushThatIsLeftOutShows() {
        shows(leg -> new ForwardingLeg(leg) {
            @Override
            public Flush beginFlush() {
                return () -> { };
            }
        });
    }

    @Test
    void overwritingTheCopyThatIsDurableShows() {
        shows(leg -> new ForwardingLeg(leg) {
            private long place(long position) {
                return position == HardenedFormat.position(REGIONS, 1, 1) ? HardenedFormat.position(REGIONS, 1, 0) : position;
            }

            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                super.write(from, place(position));
            }

            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                super.read(into, place(position));
            }
        });
    }

    @Test
    void notRepeatingWhatWasWrittenShows() {
        shows(leg -> new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (from.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(48) == 1) {
                    super.write(from, position);
                }
            }
        });
    }

    /** Changes what is read of a copy. */
    private static UnaryOperator<Leg> reading(UnaryOperator<ByteBuffer> change) {
        return leg -> new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                int from = into.position();
                super.read(into, position);
                if (into.position() - from == HardenedFormat.PAGE && position >= HardenedFormat.position(REGIONS, 1, 0)) {
                    ByteBuffer read = into.duplicate().position(from).slice().order(ByteOrder.LITTLE_ENDIAN);
                    change.apply(read);
                }
            }
        };
    }

    private static ByteBuffer resealed(ByteBuffer page) {
        page.putInt(12, 0);
        CRC32C sum = new CRC32C();
        sum.update(page.duplicate());
        return page.putInt(12, (int) sum.getValue());
    }

    @Test
    void aChecksumThatIsNotLookedAtShows() {
        shows(reading(HardenedLogCrashTest::resealed));
    }

    @Test
    void takingTheWrongCopyForTheOneThatWasWrittenLastShows() {
        shows(reading(page -> {
            int sum = page.getInt(12);
            boolean whole = resealed(page).getInt(12) == sum;
            return whole ? resealed(page.putLong(48, 3 - page.getLong(48))) : page.putInt(12, sum);
        }));
    }

    @Test
    void makingALogOverAnotherOneNeverBringsTheOldBitsBack() throws IOException {
        SectorLeg device = new SectorLeg(HardenedFormat.requiredLength(REGIONS));
        DirtyRegionLog.create(device, VOLUME, LogImage.allClean(REGIONS));
        // Each write of the making dies in turn, whole or with half of its sectors; what is left is made good, and looked at too.
        Set<String> seen = new HashSet<>();
        for (int write = 0; write < 8; write++) {
            for (int keeps : new int[] {0, 1, 2}) {
                SectorLeg again = device.killed();
                again.tear(write, keeps);
                try {
                    DirtyRegionLog.create(again, VOLUME, LogImage.allDirty(REGIONS));
                } catch (SectorLeg.Died e) {
                    seen.add("died");
                }
                SectorLeg left = again.killed();
                seen.add(judged(left, write));
                int died = write;
                left.forEachCut(cut -> seen.add(judged(cut, died)));
                DirtyRegionLog repaired = DirtyRegionLog.open(left, VOLUME);
                repaired.write();
                repaired.beginFlush().await();
                assertThat(LogContents.read(left.killed(), REGIONS).distrust()).isEmpty();
            }
        }
        assertThat(seen).contains("died", "old", "distrusted", "new");
    }

    private static String judged(SectorLeg left, int write) {
        LogContents found = LogContents.read(left, REGIONS);
        if (found.distrust().isPresent()) {
            assertThat(found.image().cleanCount()).isZero();
            return "distrusted";
        }
        if (found.image().cleanCount() == REGIONS) {
            assertThat(write).as("the old log is there until it is void").isLessThan(2);
            return "old";
        }
        assertThat(found.image().cleanCount()).isZero();
        return "new";
    }
}
