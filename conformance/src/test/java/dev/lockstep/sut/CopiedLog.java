package dev.lockstep.sut;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Flush;
import dev.lockstep.store.StoreException;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A hardened log that is made to do what TwoCopies does, one of its pages being the one that the module speaks of; of the others none is ever
 * torn. What is read of the page's copies, what a power cut may leave of them and what the log says that it holds is compared with the module's
 * state; which copy was written last, what number is next and what was promised shows in what is done later. Not thread-safe.
 */
final class CopiedLog implements WalkedLog {
    private static final EnumSet<CopyDevice.Point> REPEATS = EnumSet.of(CopyDevice.Point.READ, CopyDevice.Point.WRITE);
    private static final EnumSet<CopyDevice.Point> WRITES = EnumSet.of(CopyDevice.Point.WRITE);
    private static final EnumSet<CopyDevice.Point> FLUSHES = EnumSet.of(CopyDevice.Point.FLUSH);
    private static final EnumSet<CopyDevice.Point> NONE = EnumSet.noneOf(CopyDevice.Point.class);
    private static final Value TORN = page(0, "torn", "none");

    private final CopyPages pages;
    private final CopyDevice device;
    private final CopyDamage damage;
    private final LogReaders readers;
    private final StoppedCall call = new StoppedCall();
    private final BitSet touched = new BitSet();
    private DirtyRegionLog log;
    private Flush flush;
    /** Whether the log was not written since it was opened. */
    private boolean fresh;
    /** The module's number 0. */
    private long base;
    private long number;
    private int turns;
    private int begun;

    CopiedLog(Path file, int regions, int observed) throws IOException {
        pages = new CopyPages(regions, observed);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength((long) pages.pages() * CopyDevice.PAGE);
        }
        device = new CopyDevice(FileLeg.open(file, Access.READ_WRITE));
        damage = new CopyDamage(observed == 0, pages.used());
        readers = new LogReaders(pages, device);
    }

    @Override
    public void begin(Map<String, Value> state) throws IOException {
        String content = text(state.get("image"));
        die();
        turns++;
        begun++;
        pages.mix(begun % 2 == 1);
        log = DirtyRegionLog.create(device, pages.superblock(content), pages.image(content));
        require(log.distrust().isEmpty() && log.format() == LogFormat.HARDENED, "a log that was made is not trusted");
        require(!log.needsWrite(), "a log that was made wants to be written");
        made();
    }

    private void made() throws IOException {
        number = 1;
        base = 0;
        fresh = false;
        touched.clear();
        device.written();
        requireBoth();
    }

    @Override
    public void perform(Label action, Map<String, Value> before, Map<String, Value> after) throws IOException {
        switch (action.action()) {
            case "Write" -> write(text(action.arguments().get(0)), before);
            case "Kept" -> kept();
            case "Repeat" -> repeat();
            case "Ended" -> ended();
            case "Open" -> open();
            case "Void" -> makeVoid();
            case "MakeAnew" -> makeAnew();
            case "BecomeDamaged" -> becomeDamaged((int) ((IntValue) action.arguments().get(0)).value());
            case "Kill" -> kill(before);
            case "KillWriting" -> killWriting(text(before.get("image")));
            case "PowerCut" -> powerCut(after);
            default -> throw new IllegalArgumentException(action + " is no action of TwoCopies");
        }
    }

    private void write(String content, Map<String, Value> before) throws IOException {
        turns++;
        if (pages.observed == 0) {
            Superblock other = new Superblock(new UUID(1, turns), CopyPages.REGION_BYTES, CopyPages.REGION_BYTES, 0,
                    List.of(new Superblock.LegEntry("", false)));
            requireRefused(() -> log.describe(other), IllegalArgumentException.class);
            Superblock said = pages.superblock(content);
            log.describe(said);
            require(log.superblock().equals(Optional.of(said)), "the log does not say what was written");
            wrote(false);
        } else {
            boolean turned = turn(content);
            require(log.needsWrite() == (fresh || turned), "the log " + (log.needsWrite() ? "wants" : "does not want") + " to be written");
            boolean all = fresh || !turned;
            if (turned || fresh && turns % 2 == 0) {
                log.write();
            } else {
                log.writeAll();
            }
            require(!log.needsWrite(), "the log wants to be written once more");
            wrote(all);
            fresh = false;
        }
        number++;
        if (text(before.get("io")).equals("idle") && turns % 3 == 0) {
            flush = log.beginFlush();
        }
    }

    private void wrote(boolean all) {
        BitSet expected = new BitSet();
        if (all) {
            expected.set(1, 1 + pages.bitPages);
        } else {
            expected.set(pages.observed);
        }
        touched.or(expected);
        requireWritten(expected);
    }

    /** One copy of each of these pages was written, and nothing else. */
    private void requireWritten(BitSet expected) {
        BitSet written = device.written();
        BitSet found = new BitSet();
        written.stream().forEach(place -> found.set(pages.pageOf(place)));
        require(found.equals(expected) && written.cardinality() == expected.cardinality(), "the pages " + expected + " were to be written, a copy each, and "
                + written + " were");
    }

    /** Has the image's bits say something. */
    private boolean turn(String content) {
        LogImage image = log.image();
        int held = (int) IntStream.range(0, pages.regions).filter(image::isClean).count();
        if (pages.bitPages == 1 && content.equals("a") && turns % 2 == 0) {
            image.markAllDirty();
            require(image.isChanged() == held > 0 && image.cleanCount() == 0, "not all is turned");
            return held > 0;
        }
        boolean any = false;
        int first = (pages.observed - 1) * CopyPages.PAGE_REGIONS;
        for (int region = first; region < Math.min(pages.regions, first + CopyPages.PAGE_REGIONS); region++) {
            boolean clean = pages.isClean(content, region);
            boolean changes = image.isClean(region) != clean;
            require((clean ? image.markClean(region) : image.markDirty(region)) == changes, "turning region " + region + " is told wrongly");
            any |= changes;
            held += !changes ? 0 : clean ? 1 : -1;
        }
        require(image.cleanCount() == held && image.dirtyCount() == pages.regions - held, "the regions that are clean are counted wrongly");
        require(image.isChanged() == any, "the image is told to be " + (any ? "unchanged" : "changed"));
        return any;
    }

    private void kept() throws IOException {
        Flush begun = flush == null ? log.beginFlush() : flush;
        device.gate(call);
        call.begin(begun::await);
        call.until(REPEATS);
    }

    private void repeat() {
        device.written();
        call.until(FLUSHES);
        require(!call.hasEnded(), "the other copies are not flushed: " + call.failure());
        requireWritten(touched);
    }

    private void ended() throws IOException {
        call.until(NONE);
        requireEnded();
        base = number - 1;
        requireBoth();
        touched.clear();
    }

    private void requireEnded() {
        call.end();
        flush = null;
        device.gate(point -> { });
        call.failure().ifPresent(failure -> {
            throw new IllegalStateException("the log fails: " + failure, failure);
        });
    }

    /** What is promised is in both copies, durably, but for the page that may be damaged. */
    private void requireBoth() throws IOException {
        for (int page = 0; page <= pages.bitPages; page++) {
            if (page != pages.observed) {
                Optional<CopyPages.Page> zero = pages.read(page, device.bytes(pages.place(page, 0)));
                Optional<CopyPages.Page> one = pages.read(page, device.bytes(pages.place(page, 1)));
                require(zero.isPresent() && one.isPresent() && zero.get().number() == one.get().number() && zero.get().second() != one.get().second()
                        && zero.get().content().equals(one.get().content()), "the copies of page " + page + " are " + zero + " and " + one);
                require(device.may(pages.place(page, 0)).size() == 1 && device.may(pages.place(page, 1)).size() == 1, "page " + page + " is not durable");
            }
        }
    }

    private void open() throws IOException {
        turns++;
        readers.look(turns);
        log = turns % 3 == 0 ? DirtyRegionLog.open(device, pages.regions) : DirtyRegionLog.open(device, pages.superblock("a"));
        require(log.distrust().isEmpty(), "the log is not trusted: " + log.distrust());
        require(log.superblock().equals(readers.said()), "the log says of its volume: " + log.superblock());
        require(log.needsWrite(), "a log that was opened need not be written");
        require(device.written().isEmpty(), "opening writes");
        fresh = true;
        touched.clear();
        number = LogReaders.newest(pages.observed, pages, device).orElseThrow().number();
    }

    private void makeVoid() throws IOException {
        turns++;
        readers.look(turns);
        if (LogFormat.of(device) == LogFormat.HARDENED) {
            DirtyRegionLog nobodys = DirtyRegionLog.open(device, pages.regions);
            require(nobodys.distrust().isPresent() && nobodys.image().cleanCount() == 0 && nobodys.superblock().isEmpty(), "what cannot be read is trusted");
            requireRefused(nobodys::write, StoreException.class);
        }
        Superblock volume = pages.superblock("a");
        log = DirtyRegionLog.open(device, volume);
        require(log.distrust().isPresent() && log.image().cleanCount() == 0 && log.superblock().equals(Optional.of(volume)), "what cannot be read is trusted");
        require(device.written().isEmpty(), "opening writes");
        boolean describes = turns % 2 == 0;
        device.gate(call);
        call.begin(() -> {
            if (describes) {
                log.describe(volume);
            } else {
                log.write();
            }
        });
        call.until(FLUSHES);
        require(device.written().stream().allMatch(place -> place < 2), "before the void is flushed more than that is written");
        call.resume();
        require(noSuperblock(), "before the log is made anew, a cut may leave its superblock");
    }

    /** Whether no crash leaves a superblock. */
    private boolean noSuperblock() {
        return IntStream.range(0, 2).allMatch(copy -> device.may(copy).stream().allMatch(bytes -> pages.read(0, bytes).isEmpty()));
    }

    private void makeAnew() throws IOException {
        device.written();
        while (!call.hasEnded()) {
            call.until(WRITES);
            BitSet soFar = device.written();
            require(noSuperblock() || soFar.get(0) || soFar.get(1) || call.hasEnded(), "a superblock is there before all bits are");
            if (soFar.get(0) || soFar.get(1)) {
                require(IntStream.range(2, pages.pages()).allMatch(place -> device.may(place).size() == 1
                        && pages.read(pages.pageOf(place), device.may(place).get(0)).isPresent()), "the superblock is written before the bits are durable");
            }
            call.resume();
        }
        requireEnded();
        require(log.image().cleanCount() == 0 && !log.needsWrite(), "what was made anew is not all dirty, or not written");
        made();
    }

    private void becomeDamaged(int copy) throws IOException {
        int place = pages.place(pages.observed, copy);
        byte[] whole = device.bytes(place);
        boolean readable = damage.readable();
        byte[] bytes = damage.next(whole);
        while (pages.read(pages.observed, bytes).isPresent()) {
            bytes = damage.next(whole);
        }
        device.become(place, bytes, readable);
    }

    private void kill(Map<String, Value> before) {
        int last = (int) ((IntValue) before.get("last")).value();
        if (text(before.get("io")).equals("kept") && CopiesGround.isTorn(before, last)) {
            // What is to be repeated cannot be read any more: the log says so, and is not to be used.
            device.written();
            call.until(NONE);
            require(call.failure().filter(IOException.class::isInstance).isPresent(), "what is damaged is repeated");
            require(!device.written().get(pages.place(pages.observed, 1 - last)), "what is damaged is repeated");
        }
        die();
    }

    private void die() {
        call.kill();
        device.written();
        device.gate(point -> { });
        log = null;
        flush = null;
    }

    private void killWriting(String image) throws IOException {
        device.tear(Set.of(pages.place(pages.observed, 0), pages.place(pages.observed, 1)));
        if (call.isRunning()) {
            call.until(NONE);
            require(call.failure().filter(CopyDevice.Dead.class::isInstance).isPresent(), "the other copy is not written: " + call.failure());
        } else {
            requireRefused(() -> {
                if (pages.observed == 0) {
                    log.describe(pages.superblock(image));
                } else if (turn(image.equals("a") ? "b" : "a")) {
                    log.write();
                } else {
                    log.writeAll();
                }
            }, CopyDevice.Dead.class);
        }
        die();
    }

    private void powerCut(Map<String, Value> after) throws IOException {
        FunctionValue left = (FunctionValue) after.get("now");
        for (int place = 0; place < pages.pages(); place++) {
            if (pages.pageOf(place) != pages.observed) {
                device.keepNow(place);
            }
        }
        for (int copy = 0; copy < 2; copy++) {
            int place = pages.place(pages.observed, copy);
            Value chosen = left.entries().get(new IntValue(copy));
            byte[] bytes = device.may(place).stream().filter(each -> value(each).equals(chosen)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("no power cut leaves " + chosen));
            device.become(place, bytes, device.isReadable(place));
        }
    }

    @Override
    public Optional<String> differs(Map<String, Value> state) throws IOException {
        Map<Value, Value> now = new TreeMap<>();
        Map<Value, Value> may = new TreeMap<>();
        for (int copy = 0; copy < 2; copy++) {
            int place = pages.place(pages.observed, copy);
            now.put(new IntValue(copy), value(device.bytes(place)));
            may.put(new IntValue(copy), new SetValue(device.may(place).stream().map(this::value).collect(Collectors.toSet())));
        }
        if (!new FunctionValue(now).equals(state.get("now"))) {
            return Optional.of("now: expected " + state.get("now") + ", observed " + now);
        }
        if (!new FunctionValue(may).equals(state.get("may"))) {
            return Optional.of("may: expected " + state.get("may") + ", observed " + may);
        }
        return log == null || text(state.get("io")).equals("void") ? Optional.empty() : imageDiffers(text(state.get("image")));
    }

    private Optional<String> imageDiffers(String content) {
        if (pages.observed == 0) {
            // While it repeats what it has written it says nothing else.
            return call.isRunning() || log.superblock().map(pages::nameOf).equals(Optional.of(content)) ? Optional.empty()
                    : Optional.of("image: expected " + content + ", observed " + log.superblock());
        }
        int first = (pages.observed - 1) * CopyPages.PAGE_REGIONS;
        return IntStream.range(first, Math.min(pages.regions, first + CopyPages.PAGE_REGIONS))
                .filter(region -> log.image().isClean(region) != pages.isClean(content, region)).mapToObj(region -> "image: expected " + content
                        + ", observed that region " + region + " is otherwise").findFirst();
    }

    /** Where there is no superblock, nothing is read of the bits. */
    private Value value(byte[] bytes) {
        return pages.observed > 0 && noSuperblock() ? TORN : pages.read(pages.observed, bytes)
                .map(page -> page(page.number() - base, page.second() ? "second" : "first", page.content())).orElse(TORN);
    }

    private static Value page(long number, String turn, String bits) {
        return new RecordValue(Map.of("number", new IntValue(number), "turn", new StringValue(turn), "bits", new StringValue(bits)));
    }

    static String text(Value value) {
        return ((StringValue) value).value();
    }

    private void requireRefused(StoppedCall.Call asked, Class<? extends Throwable> how) {
        try {
            asked.make();
        } catch (Throwable e) {
            require(how.isInstance(e), "expected " + how.getSimpleName() + ", and it was " + e);
            require(how == CopyDevice.Dead.class || device.written().isEmpty(), "what is refused writes");
            return;
        }
        throw new IllegalStateException("what was to be refused was done");
    }

    static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() throws IOException {
        call.close();
        device.close();
    }
}
