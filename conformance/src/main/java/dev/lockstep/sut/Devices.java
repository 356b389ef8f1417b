package dev.lockstep.sut;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LegNotRecordedException;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.KnownFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The devices of a mirror under replay: real files for the legs and the log, each opened by the production code behind a
 * {@link VolatileLeg}, and read back through channels of the rig's own. Not thread-safe.
 */
final class Devices implements DeviceState, Closeable {
    /** No leg. */
    private static final int NONE = -1;

    private final Size size;
    private final LegFiles files;
    private Path logFile;
    private LogDevice log;
    private final List<VolatileLeg> open = new ArrayList<>();
    /** What the files hold while no mirror has them open. */
    private DiskImage closed;
    /** The legs that do not answer, a bit each. */
    private int gone;
    /** What is durably recorded of the legs. */
    private Membership record = Membership.whole(Mirror.SOURCE);
    /** The legs that are recorded to have nothing of the volume, a bit each. */
    private int blank;
    /** The leg that fails when it has been recorded which legs are in use. */
    private int failsRecorded = NONE;
    private final DiskImage created;
    private final KnownFileSystems systems = new KnownFileSystems();

    /**
     * Makes the files of a new volume in a folder.
     *
     * @param folder an empty folder
     * @param size   the volume's size
     * @param format the log's
     * @param blocks the bytes that stand for the model's contents
     * @param value  the content that every block has at first
     */
    Devices(Path folder, Size size, LogFormat format, BlockContents blocks, int value) throws IOException {
        this.size = size;
        files = new LegFiles(folder, size, blocks, value);
        try {
            Path made = folder.resolve("log");
            FileLeg.create(made, format == LogFormat.DM ? DmLogDevice.bytes() : HardenedLogDevice.bytes()).close();
            logFile = made;
            log = format == LogFormat.DM ? new DmLogDevice(logFile, size.regions()) : new HardenedLogDevice(logFile, size);
            created = readAll();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        closed = created;
    }

    /** A new volume's image, with some content in every block; some of its places may hold no leg, which is recorded. */
    DiskImage created(int value, int absent) {
        List<DeviceImage> devices = new ArrayList<>();
        for (int leg = 0; leg < size.legs(); leg++) {
            int[] now = new int[size.blocks()];
            long[] may = new long[size.blocks()];
            Arrays.fill(now, value);
            Arrays.fill(may, 1L << value);
            devices.add(new DeviceImage(now, may));
        }
        return new DiskImage(devices, created.log(), 0, new Membership(absent, Mirror.SOURCE, 0), absent);
    }

    /**
     * The image that a power cut makes of another when it keeps the contents that codes of the legs and of the log name.
     *
     * @throws RefusedException if the volatile caches do not allow that
     */
    DiskImage cut(DiskImage killed, DeviceCodes codes, long legs, long log) {
        List<DeviceImage> devices = new ArrayList<>();
        for (int leg = 0; leg < size.legs(); leg++) {
            int[] now = new int[size.blocks()];
            for (int block = 0; block < now.length; block++) {
                now[block] = codes.nowOf(legs, leg, block);
            }
            devices.add(kept(killed, leg, now));
        }
        return killed.with(devices, killed.log().cut(codes.logNowOf(log)));
    }

    private static DeviceImage kept(DiskImage killed, int device, int[] now) {
        long[] only = new long[now.length];
        for (int unit = 0; unit < now.length; unit++) {
            only[unit] = 1L << now[unit];
            if ((killed.legs().get(device).may()[unit] & only[unit]) == 0) {
                throw new RefusedException("a power cut cannot leave content " + now[unit] + " in unit " + unit + " of device "
                        + device + "; it may leave " + Long.toBinaryString(killed.legs().get(device).may()[unit]));
            }
        }
        return new DeviceImage(now, only);
    }

    /** Puts an image into the files. */
    void load(DiskImage image) throws IOException {
        for (int device = 0; device < size.legs(); device++) {
            int[] now = image.legs().get(device).now();
            for (int unit = 0; unit < now.length; unit++) {
                files.write(device, unit, now[unit]);
            }
        }
        log.load(image.log());
        closed = image;
        gone = image.gone();
        record = image.record();
        blank = image.blank();
    }

    /** Which legs do not answer, a bit each. */
    int gone() {
        return gone;
    }

    boolean isGone(int leg) {
        return (gone & 1 << leg) != 0;
    }

    /** Which legs are recorded to be blank, a bit each. */
    int blank() {
        return blank;
    }

    /** What is durably recorded of the legs. */
    Membership recorded() {
        return record;
    }

    /** A leg does not answer any more. */
    void fails(int leg) {
        gone |= 1 << leg;
        open.get(leg).gone(true);
    }

    /** The leg as the mirror has it open. */
    VolatileLeg opened(int leg) {
        return open.get(leg);
    }

    /**
     * A leg answers again; if it was recorded to be out its cache was lost, and it has what a code of the legs says.
     *
     * @throws RefusedException if its cache does not allow that
     */
    void returns(int leg, DeviceCodes codes, long legs) throws IOException {
        if (record.isOut(leg)) {
            int[] now = contents(leg, codes, legs);
            kept(image(), leg, now);
            put(leg, now);
        }
        answers(leg);
    }

    /** Another device is in a leg's place, which has what a code of the legs says, and it is recorded that it is blank. */
    void replace(int leg, DeviceCodes codes, long legs) throws IOException {
        put(leg, contents(leg, codes, legs));
        blank |= 1 << leg;
        answers(leg);
    }

    private int[] contents(int leg, DeviceCodes codes, long legs) {
        int[] now = new int[size.blocks()];
        for (int block = 0; block < now.length; block++) {
            now[block] = codes.nowOf(legs, leg, block);
        }
        return now;
    }

    /** A leg has this, and nothing else can be left of it. */
    private void put(int leg, int[] now) throws IOException {
        long[] only = new long[now.length];
        for (int block = 0; block < now.length; block++) {
            files.write(leg, block, now[block]);
            only[block] = 1L << now[block];
        }
        if (open.isEmpty()) {
            List<DeviceImage> devices = new ArrayList<>(closed.legs());
            devices.set(leg, new DeviceImage(now, only));
            closed = closed.with(devices, closed.log());
        } else {
            open.get(leg).lost(now);
        }
    }

    private void answers(int leg) {
        gone &= ~(1 << leg);
        if (open.isEmpty()) {
            closed = new DiskImage(closed.legs(), closed.log(), gone, record, blank);
        } else {
            open.get(leg).gone(false);
        }
    }

    /** Flushes that are begun by this come before a record. */
    void flushForRecord(Runnable begun) {
        open.forEach(leg -> leg.flushesForRecord(true));
        try {
            begun.run();
        } finally {
            open.forEach(leg -> leg.flushesForRecord(false));
        }
    }

    /** No flush comes before a record any more: it will not be waited for. */
    void cutRecordFlushesOff() {
        open.forEach(VolatileLeg::cutRecordFlushOff);
    }

    /** What is recorded by this is durable on all but one leg, which then fails at it; it answered before, if it does not answer now. */
    void failRecordedLeg(int leg, Runnable recorded) {
        failsRecorded = leg;
        open.get(leg).gone(false);
        try {
            recorded.run();
        } finally {
            open.get(leg).gone(isGone(leg));
            failsRecorded = NONE;
        }
    }

    /** The place where the mirror records which legs are in use. It is durable at once, and the legs in use answer. */
    MembershipRecord record() {
        // What is blank counts as what is not there: that is recorded.
        Membership found = new Membership(record.out(), record.source(), blank);
        return new MembershipRecord() {
            @Override
            public Membership found() {
                return found;
            }

            @Override
            public void write(Membership membership) throws LegNotRecordedException {
                // Which places hold no leg is kept apart from that, as what is blank.
                record = new Membership(membership.out(), membership.source(), 0);
                blank &= membership.out();
                if (failsRecorded != NONE) {
                    throw new LegNotRecordedException(failsRecorded, new IOException("leg " + failsRecorded + " does not answer"));
                }
            }
        };
    }

    /** Opens the legs with the production code. */
    List<VolatileLeg> openLegs() throws IOException {
        for (int device = 0; device < size.legs(); device++) {
            DeviceImage image = closed.legs().get(device);
            open.add(new VolatileLeg(FileLeg.open(files.paths().get(device), Access.READ_WRITE, systems), files.contents(device), image.now(),
                    image.may()));
            open.get(device).gone(isGone(device));
        }
        return open;
    }

    /** Opens the log with the production code. */
    DirtyRegionLog openLog() throws IOException {
        return log.open();
    }

    /** What is wrong with the log although its bits are right: {@link LogDevice#fault}. */
    Optional<String> logFault(boolean promised) throws IOException {
        return log.fault(promised);
    }

    /** Closes the files without a word to the mirror that has them open: it is dead. What they hold is kept. */
    void abandon() throws IOException {
        closed = image();
        log.abandon();
        for (VolatileLeg leg : open) {
            leg.close();
        }
        open.clear();
    }

    /** What a kill would leave now: the files, as they are read back, and all that is volatile as volatile as it is. */
    DiskImage image() throws IOException {
        DiskImage read = readAll();
        List<DeviceImage> devices = new ArrayList<>();
        for (int device = 0; device < size.legs(); device++) {
            int[] now = read.legs().get(device).now();
            long[] may = new long[now.length];
            for (int unit = 0; unit < now.length; unit++) {
                may[unit] = may(device, unit);
            }
            devices.add(new DeviceImage(now, may));
        }
        return new DiskImage(devices, read.log(), gone, record, blank);
    }

    private DiskImage readAll() throws IOException {
        List<DeviceImage> devices = new ArrayList<>();
        for (int device = 0; device < size.legs(); device++) {
            int[] now = files.now(device);
            long[] may = new long[now.length];
            for (int unit = 0; unit < now.length; unit++) {
                may[unit] = 1L << now[unit];
            }
            devices.add(new DeviceImage(now, may));
        }
        return new DiskImage(devices, log.image(), gone, record, blank);
    }

    @Override
    public int[] now(int device) throws IOException {
        return files.now(device);
    }

    /** The number of what a unit holds. */
    int now(int device, int unit) throws IOException {
        return files.now(device, unit);
    }

    /** A unit's bytes, read back. */
    byte[] bytes(int device, int unit) throws IOException {
        return files.bytes(device, unit);
    }

    @Override
    public long may(int device, int unit) {
        return open.isEmpty() ? closed.legs().get(device).may()[unit] : open.get(device).may(unit);
    }

    @Override
    public long since(int device, int unit) {
        return open.isEmpty() ? 0 : open.get(device).since(unit);
    }

    @Override
    public long recordSince(int device, int unit) {
        return open.isEmpty() ? 0 : open.get(device).recordSince(unit);
    }

    /** What a number means on a leg. */
    int number(int device, int unit, ByteBuffer bytes) {
        return files.contents(device).number(unit, bytes);
    }

    @Override
    public long logNow() throws IOException {
        return log.now();
    }

    @Override
    public long logMay() {
        return log.may();
    }

    @Override
    public long logSince() {
        return log.since();
    }

    /** The legs' files in order, then the log's. */
    List<Path> files() {
        return Stream.concat(files.paths().stream(), Stream.of(logFile)).toList();
    }

    @Override
    public void close() throws IOException {
        for (VolatileLeg leg : open) {
            leg.close();
        }
        open.clear();
        if (log != null) {
            log.close();
        }
        files.close();
        if (logFile != null) {
            Files.deleteIfExists(logFile);
        }
    }
}
