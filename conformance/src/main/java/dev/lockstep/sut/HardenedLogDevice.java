package dev.lockstep.sut;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.KnownFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A hardened log under replay: what is compared is what {@link HardenedPage} finds. Beside the bits, which the spec speaks of, it is
 * looked after each step whether each page has a copy that is whole and durable, whether both copies are whole, durable and the same
 * where the mirror relies on it, and whether in the midst of the step a power cut could leave nothing but what it could leave before the
 * step or after it (spec module TwoCopies). Not thread-safe.
 */
final class HardenedLogDevice implements LogDevice {
    private static final UUID VOLUME = new UUID(0x4c6f636b73746570L, 1);

    private final Path file;
    private final Superblock superblock;
    private final HardenedPage.Kind[] kinds = new HardenedPage.Kind[PageSets.PAGES];
    private final ReadBack readBack;
    /** What the file is known to hold: what was last written to it, or loaded. */
    private final ByteBuffer known = ByteBuffer.allocateDirect((int) bytes());
    private final KnownFileSystems systems = new KnownFileSystems();
    private HardenedLogImage closed;
    private VolatilePages open;
    private FileLeg leg;
    private int turns;
    /** What a power cut might leave at the end of the last step, and at any time since. */
    private LogReadings atTheEnd = LogReadings.NONE;
    private LogReadings meanwhile = LogReadings.NONE;
    /** What the last power cut might have left instead, while no flush has ended since. */
    private long mayFall;
    private HardenedPage[] seen;
    private boolean changed;
    private boolean lookedPromised;
    private Optional<String> looked = Optional.empty();

    /** Makes the log of a new volume, all clean, in a file that is there. */
    HardenedLogDevice(Path file, Size size) throws IOException {
        this.file = file;
        List<Superblock.LegEntry> legs = new ArrayList<>();
        for (int each = 0; each < size.legs(); each++) {
            legs.add(new Superblock.LegEntry("leg" + each, false, Generation.NONE));
        }
        superblock = new Superblock(VOLUME, size.bytes(), size.regionBytes(), Mirror.SOURCE, legs);
        for (int page = 0; page < kinds.length; page++) {
            kinds[page] = new HardenedPage.Kind(page / PageSets.COPIES, size.regions(), VOLUME);
        }
        readBack = new ReadBack(file, Math.toIntExact(bytes()));
        try (FileLeg log = FileLeg.open(file, Access.READ_WRITE)) {
            DirtyRegionLog.create(log, superblock, LogImage.allClean(size.regions()));
            HardenedPage[] made = read();
            closed = new HardenedLogImage(made, PageSets.only(made), 0, 0, this::turn);
        } catch (IOException | RuntimeException e) {
            readBack.close();
            throw e;
        }
        begins();
    }

    /** The length of the file, in bytes. */
    static long bytes() {
        return (long) PageSets.PAGES * HardenedPage.BYTES;
    }

    private int turn() {
        return turns++;
    }

    /** The pages in the file; those that are as they are known to be are not looked at again. */
    private HardenedPage[] read() throws IOException {
        ByteBuffer held = readBack.held();
        HardenedPage[] pages = open != null ? open.now().clone() : closed != null ? closed.pages().clone() : new HardenedPage[kinds.length];
        if (pages[0] != null && held.mismatch(known.clear()) < 0) {
            return pages;
        }
        for (int page = 0; page < pages.length; page++) {
            HardenedPage found = HardenedPage.of(kinds[page], held.slice(page * HardenedPage.BYTES, HardenedPage.BYTES));
            pages[page] = found.equals(pages[page]) ? pages[page] : found;
        }
        return pages;
    }

    private void know(HardenedPage[] pages) {
        for (int page = 0; page < pages.length; page++) {
            known.put(page * HardenedPage.BYTES, pages[page].bytes(), 0, HardenedPage.BYTES);
        }
    }

    private void begins() {
        know(closed.pages());
        seen = null;
        atTheEnd = closed.readings();
        mayFall = closed.mayFall();
        meanwhile = LogReadings.NONE;
        changed = true;
    }

    private void wrote() {
        know(open.now());
        seen = null;
        meanwhile = meanwhile.and(readings());
        changed = true;
    }

    @Override
    public DirtyRegionLog open() throws IOException {
        leg = FileLeg.open(file, Access.READ_WRITE, systems);
        open = new VolatilePages(leg, kinds, closed, this::wrote);
        return DirtyRegionLog.open(open, superblock);
    }

    @Override
    public void abandon() throws IOException {
        closed = (HardenedLogImage) image();
        if (open != null) {
            open.close();
            open = null;
        }
        begins();
    }

    @Override
    public void load(LogDeviceImage image) throws IOException {
        closed = (HardenedLogImage) image;
        begins();
        readBack.write(known.clear(), 0);
    }

    @Override
    public LogDeviceImage image() throws IOException {
        return new HardenedLogImage(read(), sets(), closed.floor(), mayFall, this::turn);
    }

    private HardenedPage[][] sets() {
        return open == null ? closed.sets() : open.may();
    }

    @Override
    public long now() throws IOException {
        seen = read();
        return HardenedLogImage.bits(seen);
    }

    @Override
    public long may() {
        return readings().asBits();
    }

    private LogReadings readings() {
        return PageSets.readings(sets(), closed.floor());
    }

    @Override
    public long since() {
        return open == null ? 0 : open.since();
    }

    @Override
    public Optional<String> fault(boolean promised) throws IOException {
        Optional<String> notWritten = notWritten();
        if (notWritten.isPresent()) {
            return notWritten;
        }
        if (changed || promised != lookedPromised) {
            changed = false;
            lookedPromised = promised;
            looked = look(promised);
        }
        return looked;
    }

    private Optional<String> notWritten() throws IOException {
        // What is compared is what the bits were taken from, if they were.
        HardenedPage[] pages = seen == null ? read() : seen;
        seen = null;
        HardenedPage[] written = open == null ? closed.pages() : open.now();
        for (int page = 0; page < pages.length; page++) {
            if (!pages[page].equals(written[page])) {
                return Optional.of(name(page) + " is not what was written: it is " + pages[page] + "; expected " + written[page]);
            }
        }
        return Optional.empty();
    }

    private static String name(int page) {
        return "copy " + page % PageSets.COPIES + " of the " + (page < PageSets.BITS ? "superblock" : "bits");
    }

    private Optional<String> look(boolean promised) {
        LogReadings after = readings();
        LogReadings any = meanwhile.and(after);
        long stray = meanwhile.bits() & ~(atTheEnd.bits() | after.bits()) | any.fallen() & ~mayFall;
        atTheEnd = after;
        meanwhile = LogReadings.NONE;
        mayFall = promised ? 0 : mayFall;
        for (int first = 0; first < PageSets.PAGES; first += PageSets.COPIES) {
            Optional<String> wrong = promised ? notBoth(sets(), first) : noneDurable(sets(), first);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        if (any.untrusted()) {
            return Optional.of("a power cut in the step or after it may leave a log that cannot be trusted");
        }
        return stray == 0 ? Optional.empty() : Optional.of("a power cut in the midst of the step may leave the bits "
                + Long.toBinaryString(Long.numberOfTrailingZeros(stray)) + ", which no cut before it or after it may");
    }

    /** Whatever happens, one copy of each page stays. */
    private static Optional<String> noneDurable(HardenedPage[][] sets, int first) {
        for (int page = first; page < first + PageSets.COPIES; page++) {
            if (sets[page].length == 1 && sets[page][0].isWhole()) {
                return Optional.empty();
            }
        }
        return Optional.of("neither " + name(first) + " nor " + name(first + 1) + " is whole and durable");
    }

    private static Optional<String> notBoth(HardenedPage[][] sets, int first) {
        for (int page = first; page < first + PageSets.COPIES; page++) {
            if (sets[page].length > 1) {
                return Optional.of(name(page) + " is not durable, and the mirror takes the log to be");
            }
            Optional<String> torn = sets[page][0].wrong();
            if (torn.isPresent()) {
                return Optional.of(name(page) + " " + torn.get());
            }
        }
        HardenedPage one = sets[first][0];
        HardenedPage other = sets[first + 1][0];
        if (one.number() != other.number()) {
            int stale = one.number() < other.number() ? first : first + 1;
            return Optional.of(name(stale) + " is stale: it is " + sets[stale][0] + ", and the other " + sets[first + first + 1 - stale][0]);
        }
        return one.isSecond() != other.isSecond() && one.bits() == other.bits() ? Optional.empty()
                : Optional.of("the copies of the " + (first == 0 ? "superblock" : "bits") + " contradict each other: " + one + "; " + other);
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
        readBack.close();
    }
}
