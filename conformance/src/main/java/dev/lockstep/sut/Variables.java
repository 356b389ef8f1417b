package dev.lockstep.sut;

import dev.lockstep.region.DriverView;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.LogIo;
import dev.lockstep.region.Mode;
import dev.lockstep.region.RecordIo;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Sweep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The variables of Mirror.tla, and where the mirror's own is found: contents in the leg files, bits in the log file, what
 * a power cut could leave of both in the rig's volatile caches, who owns a block in the rig, which is the file system; the rest
 * in the driver and the page cache themselves. No
 * variable of Mirror is a ghost; those of MirrorHistory are, as a mirror does not keep what it promised.
 */
public final class Variables {
    private static final List<String> SLOT_PHASES = List.of("free", "cleared", "copied", "parked", "submitted", "issued");

    private static final List<String> OWNERS = List.of("owned", "free", "new");
    /** A leg's number. */
    private static final int LEG_BITS = 2;

    private Variables() {
    }

    /**
     * {@return the variables of a model that are observed, in the order of Mirror.tla}
     *
     * @param size the model's size
     */
    public static List<Variable> of(Size size) {
        int blocks = size.blocks();
        int regions = size.regions();
        int legs = size.legs();
        Codec flag = Codec.bool();
        Codec flags = Codec.function(blocks, flag);
        Codec regionSet = Codec.setOf(Codec.integer(0, Long.SIZE), regions);
        Codec blockSet = Codec.setOf(Codec.integer(0, Long.SIZE), blocks);
        Codec anyLeg = Codec.integer(0, LEG_BITS);
        Codec legSet = Codec.setOf(anyLeg, legs);
        CacheCodes cache = new CacheCodes(size);
        DriverCodes driver = new DriverCodes(size);
        DeviceCodes devices = new DeviceCodes(size);
        return List.of(
                new Variable("mode", names(Mode.values(), true), inDriver(Mode.DOWN.ordinal(), d -> d.mode().ordinal())),
                new Variable("page", Codec.function(blocks, CacheCodes.CONTENT), cache::pages),
                new Variable("pageDirty", flags, cache::pageDirty),
                new Variable("changing", flags, cache::changing),
                new Variable("slot", Codec.function(size.slots(), slot(size, blockSet)), cache::slots),
                new Variable("owned", Codec.function(blocks, Codec.oneOf(OWNERS)), cache::owned),
                new Variable("state", Codec.function(regions, names(RegionState.values(), false)),
                        inDriver(driver.nothingKnown(), driver::states)),
                new Variable("bit", Codec.function(regions, flag), inDriver(0, driver::bits)),
                new Variable("durablyDirty", regionSet, inDriver(0, driver::durablyDirty)),
                new Variable("logIo", names(LogIo.values(), true), inDriver(LogIo.IDLE.ordinal(), d -> d.logIo().ordinal())),
                new Variable("legFlush", Codec.function(legs, names(LegFlush.values(), true)),
                        inDriver(LegFlush.IDLE.ordinal(), driver::legFlushes)),
                new Variable("chosen", regionSet, inDriver(0, driver::chosen)),
                new Variable("sweep", names(Sweep.values(), true), inDriver(Sweep.IDLE.ordinal(), d -> d.sweep().ordinal())),
                new Variable("syncDirty", blockSet, cache::syncDirty),
                new Variable("syncWait", blockSet, cache::syncWait),
                new Variable("compareTodo", blockSet, inDriver(0, driver::compareTodo)),
                new Variable("copyTodo", Codec.function(legs, blockSet), inDriver(0, driver::copyTodo)),
                new Variable("out", legSet, Mirror::out),
                new Variable("source", anyLeg, Mirror::source),
                new Variable("knownBlank", legSet, inDriver(0, DriverView::knownBlank)),
                new Variable("recordIo", names(RecordIo.values(), true), inDriver(RecordIo.IDLE.ordinal(), d -> d.recordIo().ordinal())),
                new Variable("recordSince", Codec.function(legs, Codec.function(blocks, DeviceCodes.CONTENT_SET)),
                        mirror -> devices.recordSince(mirror.devices())),
                // No replay has anything reach a leg late.
                new Variable("late", Codec.function(legs, Codec.noElement()), mirror -> 0),
                new Variable("leg", Codec.function(legs, leg(blocks)), mirror -> devices.legs(mirror.devices())),
                new Variable("log", log(regions), mirror -> devices.log(mirror.devices())),
                new Variable("gone", legSet, mirror -> mirror.devices().gone()),
                new Variable("record", record(legSet, anyLeg), mirror -> mirror.devices().recorded().out()
                        | (long) mirror.devices().recorded().source() << legs),
                new Variable("blank", legSet, mirror -> mirror.devices().blank()),
                new Variable("ownedMay", Codec.function(blocks, Codec.setOf(flag, 2)), cache::ownedMay));
    }

    /** What memory holds while the mirror is down is the second of Mirror.tla's conventions: nothing, written somehow. */
    private static Variable.Observation inDriver(long down, ToLongFunction<DriverView> question) {
        return mirror -> mirror.isDown() ? down : mirror.volume().inspect(question::applyAsLong);
    }

    private static <E extends Enum<E>> Codec names(E[] values, boolean small) {
        return Codec.oneOf(Arrays.stream(values).map(Enum::name)
                .map(name -> small ? name.toLowerCase(Locale.ROOT) : name).toList());
    }

    private static Codec slot(Size size, Codec blockSet) {
        Map<String, Codec> fields = new LinkedHashMap<>();
        fields.put("phase", Codec.oneOf(SLOT_PHASES));
        fields.put("pages", blockSet);
        fields.put("copy", Codec.function(size.blocks(), CacheCodes.CONTENT));
        fields.put("todo", Codec.function(size.legs(), blockSet));
        return Codec.record(fields);
    }

    private static Codec leg(int blocks) {
        Map<String, Codec> fields = new LinkedHashMap<>();
        fields.put("now", Codec.function(blocks, DeviceCodes.CONTENT));
        fields.put("may", Codec.function(blocks, DeviceCodes.CONTENT_SET));
        fields.put("since", Codec.function(blocks, DeviceCodes.CONTENT_SET));
        return Codec.record(fields);
    }

    private static Codec record(Codec legSet, Codec anyLeg) {
        Map<String, Codec> fields = new LinkedHashMap<>();
        fields.put("out", legSet);
        fields.put("source", anyLeg);
        return Codec.record(fields);
    }

    private static Codec log(int regions) {
        Codec bits = Codec.function(regions, Codec.bool());
        Codec contents = Codec.setOf(bits, 1 << regions);
        Map<String, Codec> fields = new LinkedHashMap<>();
        fields.put("now", bits);
        fields.put("may", contents);
        fields.put("since", contents);
        return Codec.record(fields);
    }
}
