package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.region.Action;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.LogIo;
import dev.lockstep.region.Step;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Resyncer;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A change of the legs of a volume that nobody has open, by the production code from the file on: the {@link FileVolume} is opened, changes its
 * legs, is resynced and closed, as the commands {@code volume add-leg}, {@code remove-leg} and {@code replace-leg} have it. So the order in
 * which it calls its parts is looked at too. Something may be written before, and between the change and the resync. Not thread-safe.
 */
final class ClosedChange {
    private static final long MOST_NANOS = 60_000_000_000L;

    private final Setting setting;
    private final LegChange.Wanted wanted;
    private final Told told;
    private final Journal journal;
    private final LongSupplier contents;
    private final Random random;

    /**
     * A change that has not begun.
     *
     * @param setting  the volume's, with what is to be changed
     * @param told     is told what the user knows
     * @param journal  is told what is done
     * @param contents gives numbers of contents that are in use nowhere else
     * @param random   chooses
     */
    ClosedChange(Setting setting, Told told, Journal journal, LongSupplier contents, Random random) {
        this.setting = setting;
        this.wanted = setting.change().orElseThrow();
        this.told = told;
        this.journal = journal;
        this.contents = contents;
        this.random = random;
    }

    /**
     * Makes it.
     *
     * @param devices the volume's, which is closed
     * @throws IOException if the mirror fails
     */
    void make(List<? extends Leg> devices) throws IOException {
        try (DeviceFiles files = new DeviceFiles(setting.wiring().inUse().apply(List.copyOf(devices)))) {
            journal.note("open, for a change of the legs");
            try (FileVolume open = open(files)) {
                if (random.nextBoolean()) {
                    write(open, files);
                }
                resync(open, files);
                change(open, files);
                if (random.nextBoolean()) {
                    write(open, files);
                }
                resync(open, files);
            }
            files.settle();
            journal.note("closed");
        }
    }

    private FileVolume open(DeviceFiles files) throws IOException {
        return setting.namesLegs() ? FileVolume.open(files.log(), setting.policy()) : FileVolume.open(files.log(),
                VolumeDescription.of(files.legs(IntStream.range(0, setting.layout().legs()).boxed().toList()), setting.layout()), setting.policy());
    }

    private void change(FileVolume open, DeviceFiles files) throws IOException {
        journal.note(wanted.kind() + " leg " + wanted.place());
        switch (wanted.kind()) {
            case ADD -> open.addLeg(files.leg(wanted.device()));
            case REMOVE -> open.removeLeg(wanted.place());
            case REPLACE -> open.replaceLeg(wanted.place(), files.leg(wanted.device()));
        }
        rest(open, files);
        told.legsChanged();
        journal.note("the legs are changed");
        journal.point();
    }

    private void resync(FileVolume open, DeviceFiles files) throws IOException {
        Resyncer resync = new Resyncer(open, 0);
        while (!resync.hasEnded()) {
            resync.step();
        }
        rest(open, files);
    }

    /**
     * A round goes on in whichever thread its last flush ended, beside whoever waits for it, and so does the writing of what it has marked. What
     * comes next is to find that done, so that a seed shows the same each time.
     */
    private static void rest(FileVolume open, DeviceFiles files) throws IOException {
        long begun = System.nanoTime();
        while (!open.volume().inspect(driver -> driver.legFlush(0) == LegFlush.IDLE && driver.logIo() == LogIo.IDLE
                && !driver.enabled(Step.of(Action.LOG_WRITE)))) {
            if (System.nanoTime() - begun > MOST_NANOS) {
                throw new IOException("the volume does not come to rest");
            }
            Thread.onSpinWait();
        }
        files.settle();
    }

    private void write(FileVolume open, DeviceFiles files) throws IOException {
        int block = random.nextInt(setting.blocks());
        List<Long> written = List.of(contents.getAsLong());
        journal.note("write of block " + block + ": contents " + written);
        Told.Writing begun = told.directBegun(block, written);
        ByteBuffer bytes = Stamp.bytes(block, written);
        open.write(bytes, (long) block * Stamp.BLOCK);
        rest(open, files);
        told.writeEnded(begun);
        journal.point();
        if (random.nextBoolean()) {
            flush(open, files);
        }
    }

    private void flush(FileVolume open, DeviceFiles files) throws IOException {
        List<Long> begun = told.flushBegun();
        open.flush();
        rest(open, files);
        told.flushEnded(begun);
        journal.note("flush acknowledged");
        journal.point();
    }
}
