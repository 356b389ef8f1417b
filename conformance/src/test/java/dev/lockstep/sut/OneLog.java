package dev.lockstep.sut;

import static dev.lockstep.sut.CopiedLog.require;
import static dev.lockstep.sut.CopiedLog.text;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A log in dm-mirror's format that is made to do what OneCopy does: each of the module's regions is all that one sector of it holds. What is read of
 * these sectors and of the header, what a power cut may leave of them, the bytes that are written and the bits that the log says to have are compared
 * with the module's state and with the format; what was promised shows in what is found later. Not thread-safe.
 */
final class OneLog implements WalkedLog {
    private static final EnumSet<CopyDevice.Point> FLUSHES = EnumSet.of(CopyDevice.Point.FLUSH);
    private static final EnumSet<CopyDevice.Point> NONE = EnumSet.noneOf(CopyDevice.Point.class);
    private static final String CLEAN = "clean";

    private final DmBytes bytes;
    private final SectorDevice device;
    private final OneReaders readers;
    private final StoppedCall call = new StoppedCall();
    /** The bits that the log is to have, and the sectors in which some were turned since it was written. */
    private BitSet clean = new BitSet();
    private final BitSet turned = new BitSet();
    private LogImage image;
    /** None while it is made, and where there is none. */
    private DirtyRegionLog log;
    /** Whether it was not written since it was opened. */
    private boolean fresh;
    private boolean making;
    private int turns;
    private int begun;
    private int ways;

    OneLog(Path file, int regions, List<Integer> places) throws IOException {
        bytes = new DmBytes(regions, places);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength((long) bytes.sectors * Leg.SECTOR);
        }
        device = new SectorDevice(FileLeg.open(file, Access.READ_WRITE));
        readers = new OneReaders(bytes, device);
    }

    @Override
    public void begin(Map<String, Value> state) throws IOException {
        die();
        turns++;
        bytes.mix(++begun % 2 == 1);
        image = image((TupleValue) state.get("bit"));
        log = DirtyRegionLog.create(device, image);
        require(log.image() == image && log.distrust().isEmpty() && !log.needsWrite(), "a log that was made is not as it was made");
        device.written();
        requireBytes(0, bytes.sectors);
        fresh = false;
    }

    /** The image of a new log. */
    private LogImage image(TupleValue bit) {
        clean = new BitSet();
        for (int region = 0; region < bytes.regions; region++) {
            int place = bytes.observed.indexOf(bytes.sectorOf(region));
            clean.set(region, place < 0 ? region % 3 != 1 : isClean(bit, place) && bytes.isClean(region));
        }
        turned.clear();
        if (clean.cardinality() == bytes.regions) {
            return LogImage.allClean(bytes.regions);
        }
        LogImage made = LogImage.allDirty(bytes.regions);
        clean.stream().forEach(made::markClean);
        return made;
    }

    private static boolean isClean(TupleValue bit, int place) {
        return text(bit.elements().get(place)).equals(CLEAN);
    }

    /** Where all bits are written under a header that is not there, in order. */
    private List<List<Integer>> bits() {
        return IntStream.range(0, bytes.chunks()).mapToObj(chunk -> bytes.chunk(chunk, Leg.SECTOR)).toList();
    }

    @Override
    public void perform(Label action, Map<String, Value> before, Map<String, Value> after) throws IOException {
        switch (action.action()) {
            case "Write" -> write((TupleValue) action.arguments().get(0));
            case "Ended" -> ended();
            case "Open" -> open();
            case "Lose" -> lose();
            case "Make" -> make((TupleValue) action.arguments().get(0));
            case "Void" -> makeVoid();
            case "WriteBits" -> writeBits();
            case "WriteHeader" -> writeHeader();
            case "Kill" -> die();
            case "KillWriting" -> killWriting(action, before);
            case "KillVoiding" -> {
                voiding();
                die();
            }
            case "PowerCut" -> powerCut(after);
            case "BecomeDamaged" -> becomeDamaged((int) ((IntValue) action.arguments().get(0)).value());
            case "BecomeOther" -> becomeOther((TupleValue) action.arguments().get(0));
            default -> throw new IllegalArgumentException(action + " is no action of OneCopy");
        }
    }

    private void write(TupleValue bit) throws IOException {
        turns++;
        boolean some = turn(bit);
        require(log.needsWrite() == (fresh || some), "the log " + (log.needsWrite() ? "wants" : "does not want") + " to be written");
        boolean all = fresh || turns % 5 == 0 || !some && turns % 2 == 0;
        BitSet chunks = new BitSet();
        turned.stream().forEach(sector -> chunks.set(DmBytes.chunkOf(sector)));
        if (all) {
            chunks.set(0, bytes.chunks());
        }
        if (all && !(fresh && turns % 2 == 0)) {
            log.writeAll();
        } else {
            log.write();
        }
        require(!log.needsWrite(), "the log wants to be written once more");
        require(device.written().equals(chunks.stream().mapToObj(chunk -> bytes.chunk(chunk, 0)).toList()), "what was turned is not what is written");
        for (int chunk : chunks.stream().toArray()) {
            List<Integer> where = bytes.chunk(chunk, 0);
            requireBytes(where.get(0) / Leg.SECTOR, (where.get(0) + where.get(1)) / Leg.SECTOR);
        }
        turned.clear();
        fresh = false;
    }

    /** Has the image's bits say something, and now and then those of other sectors something else; {@return whether any was turned} */
    private boolean turn(TupleValue bit) {
        for (int place = 0; place < bytes.observed.size(); place++) {
            int sector = bytes.observed.get(place);
            for (int region = bytes.first(sector); region < bytes.end(sector); region++) {
                turn(region, isClean(bit, place) && bytes.isClean(region));
            }
        }
        int other = (int) (turns * 7919L % bytes.regions);
        if (turns % 4 == 0 && !bytes.observed.contains(bytes.sectorOf(other))) {
            turn(other, !clean.get(other));
            if (turns % 8 == 0) {
                turn(other, !clean.get(other));
            }
        }
        require(image.cleanCount() == clean.cardinality(), "the regions that are clean are counted wrongly");
        return !turned.isEmpty();
    }

    private void turn(int region, boolean to) {
        boolean changes = clean.get(region) != to;
        require((to ? image.markClean(region) : image.markDirty(region)) == changes, "turning region " + region + " is told wrongly");
        clean.set(region, to);
        if (changes) {
            turned.set(bytes.sectorOf(region));
        }
    }

    /** These sectors hold what the format says. */
    private void requireBytes(int first, int end) throws IOException {
        byte[] right = bytes.encode(clean);
        require(device.holds(first * Leg.SECTOR, Arrays.copyOfRange(right, first * Leg.SECTOR, end * Leg.SECTOR)),
                "the sectors from " + first + " to " + end + " do not hold what the format says");
    }

    private void ended() throws IOException {
        if (making) {
            call.until(NONE);
            requireEnded();
            making = false;
            fresh = false;
            require(log.image() == image && log.distrust().isEmpty() && !log.needsWrite(), "a log that was made is not as it was made");
        } else {
            log.beginFlush().await();
        }
        require(device.written().isEmpty(), "a flush writes");
        for (int sector = 0; sector < bytes.sectors; sector++) {
            require(device.may(sector).size() == 1, "sector " + sector + " is not durable");
        }
    }

    private void requireEnded() {
        call.end();
        device.gate(point -> { });
        call.failure().ifPresent(failure -> {
            throw new IllegalStateException("the log fails: " + failure, failure);
        });
    }

    private void open() throws IOException {
        turns++;
        if (turns % 3 == 0) {
            // What the format does not use is not looked at.
            for (int sector = 0; sector < bytes.sectors; sector++) {
                int each = sector;
                device.change(sector, held -> {
                    bytes.unused(each, held, -1);
                    return held;
                });
            }
        }
        require(readers.trusted(), "nothing is there to be believed");
        opened();
        require(log.distrust().isEmpty(), "the log is not trusted: " + log.distrust());
    }

    private void opened() throws IOException {
        readers.look(turns);
        log = DirtyRegionLog.open(device, bytes.regions);
        image = log.image();
        clean = readers.clean();
        readers.image(image, clean);
        OneReaders.saysNothing(log);
        require(log.needsWrite() && device.written().isEmpty(), "opening writes, or leaves nothing to be written");
        fresh = true;
        turned.clear();
    }

    private void lose() throws IOException {
        turns++;
        require(!readers.trusted(), "something is there to be believed");
        opened();
        require(log.distrust().isPresent() && image.cleanCount() == 0, "what is not to be believed is trusted");
    }

    private void make(TupleValue bit) {
        turns++;
        image = image(bit);
        making = true;
        begin(() -> log = DirtyRegionLog.create(device, image));
    }

    private void begin(StoppedCall.Call asked) {
        device.gate(call);
        call.begin(asked);
    }

    /** The header is written over, and not yet durably. */
    private void voiding() throws IOException {
        if (!making) {
            begin(turns % 2 == 0 ? log::write : log::writeAll);
        }
        call.until(FLUSHES);
        require(!call.hasEnded(), "the void is not flushed: " + call.failure());
        require(device.written().equals(List.of(List.of(0, Leg.SECTOR))) && device.holds(0, new byte[Leg.SECTOR]), "the log is not voided first");
    }

    private void makeVoid() throws IOException {
        voiding();
        call.resume();
    }

    private void writeBits() throws IOException {
        call.until(FLUSHES);
        require(!call.hasEnded(), "the bits are not flushed: " + call.failure());
        require(device.written().equals(bits()), "not all bits are written");
        requireBytes(1, bytes.sectors);
        require(device.holds(0, new byte[Leg.SECTOR]), "a header is there before the bits are durable");
        call.resume();
    }

    private void writeHeader() throws IOException {
        call.until(making ? FLUSHES : NONE);
        require(device.written().equals(List.of(List.of(0, Leg.SECTOR))), "more than the header is written last");
        requireBytes(0, bytes.sectors);
        if (!making) {
            requireEnded();
            require(!log.needsWrite() && !image.isChanged(), "what was made anew wants to be written");
            fresh = false;
        }
    }

    private void die() {
        call.kill();
        device.written();
        device.leave(Set.of());
        device.gate(point -> { });
        log = null;
        image = null;
        making = false;
    }

    /** The sectors that are not to be written; those that are as they are to be count as written. */
    static Set<Integer> left(Label action, Map<String, Value> before) {
        TupleValue bit = (TupleValue) action.arguments().get(0);
        Set<Integer> left = new HashSet<>();
        for (int place = 0; place < bit.elements().size(); place++) {
            Value now = ((FunctionValue) before.get("now")).entries().get(new IntValue(place + 1));
            if (!((SetValue) action.arguments().get(1)).elements().contains(new IntValue(place + 1)) && !now.equals(bit.elements().get(place))) {
                left.add(place);
            }
        }
        return left;
    }

    private void killWriting(Label action, Map<String, Value> before) throws IOException {
        Set<Integer> places = left(action, before);
        device.leave(places.stream().map(bytes.observed::get).collect(Collectors.toSet()));
        if (call.isRunning()) {
            call.until(FLUSHES);
        } else {
            turns++;
            boolean some = turn((TupleValue) action.arguments().get(0));
            try {
                if (some) {
                    log.write();
                } else {
                    log.writeAll();
                }
                require(places.isEmpty(), "the write does not come to sectors that were turned");
            } catch (CopyDevice.Dead e) {
                require(!places.isEmpty(), "it was not to die yet");
            }
        }
        die();
    }

    private void powerCut(Map<String, Value> after) throws IOException {
        for (int sector = 0; sector < bytes.sectors; sector++) {
            int place = place(sector);
            if (place < 0) {
                device.keepNow(sector);
                continue;
            }
            Value chosen = ((FunctionValue) after.get("now")).entries().get(new IntValue(place));
            int each = sector;
            SectorDevice.Given left = device.may(sector).stream().filter(given -> value(each, given).equals(chosen)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("no power cut leaves " + chosen));
            device.become(sector, left.bytes(), left.readable());
        }
    }

    /** {@return the module's number of a sector; -1 if it has none} */
    private int place(int sector) {
        int place = bytes.observed.indexOf(sector);
        return sector == 0 ? 0 : place < 0 ? -1 : place + 1;
    }

    private void becomeDamaged(int place) throws IOException {
        ways++;
        int sector = place == 0 ? 0 : bytes.observed.get(place - 1);
        device.become(sector, place == 0 ? bytes.wrong(ways) : bytes.bits(sector, CLEAN), place == 0 && ways % 5 != 0);
    }

    private void becomeOther(TupleValue bit) throws IOException {
        ways++;
        for (int sector = 0; sector < bytes.sectors; sector++) {
            int place = place(sector);
            byte[] other = place > 0 ? bytes.bits(sector, text(bit.elements().get(place - 1))) : sector == 0 ? bytes.wrong(ways) : new byte[Leg.SECTOR];
            if (ways % 2 == 0) {
                bytes.unused(sector, other, -1);
            }
            device.become(sector, other, true);
        }
    }

    @Override
    public Optional<String> differs(Map<String, Value> state) throws IOException {
        Map<Value, Value> now = new TreeMap<>();
        Map<Value, Value> may = new TreeMap<>();
        for (int place = 0; place <= bytes.observed.size(); place++) {
            int sector = place == 0 ? 0 : bytes.observed.get(place - 1);
            now.put(new IntValue(place), value(sector, device.now(sector)));
            may.put(new IntValue(place), new SetValue(device.may(sector).stream().map(given -> value(sector, given)).collect(Collectors.toSet())));
        }
        if (!new FunctionValue(now).equals(state.get("now"))) {
            return Optional.of("now: expected " + state.get("now") + ", observed " + now);
        }
        if (!new FunctionValue(may).equals(state.get("may"))) {
            return Optional.of("may: expected " + state.get("may") + ", observed " + may);
        }
        return image == null ? Optional.empty() : imageDiffers((TupleValue) state.get("bit"));
    }

    private Optional<String> imageDiffers(TupleValue bit) {
        for (int place = 0; place < bytes.observed.size(); place++) {
            int sector = bytes.observed.get(place);
            boolean expected = isClean(bit, place);
            Optional<String> wrong = IntStream.range(bytes.first(sector), bytes.end(sector))
                    .filter(region -> image.isClean(region) != (expected && bytes.isClean(region)))
                    .mapToObj(region -> "bit: expected " + bit + ", observed that region " + region + " is otherwise").findFirst();
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Value value(int sector, SectorDevice.Given given) {
        if (sector == 0) {
            return new StringValue(given.readable() && DmBytes.isRight(given.bytes(), bytes.regions) ? "right" : "wrong");
        }
        return new StringValue(given.readable() ? bytes.said(sector, given.bytes()) : "unreadable");
    }

    @Override
    public void close() throws IOException {
        call.close();
        device.close();
    }
}
