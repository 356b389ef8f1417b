package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import dev.lockstep.validate.Reading;
import dev.lockstep.validate.Witness;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.SyncHook;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Has a {@link Witness} take down what is done with a volume. A block of the specification is a page here, of which the first block alone is ever
 * changed, so that no crash tears it; contents are numbered as they are met. Not thread-safe.
 */
final class RecordedUse implements Onlooker {
    private final Witness witness;
    private final Map<Long, Integer> contents = new HashMap<>();
    private Runnable afterStep = () -> { };

    /**
     * Of a volume that is not open yet.
     *
     * @param size       its size
     * @param cacheSlots how many writes of pages there can be at a time
     */
    RecordedUse(Size size, int cacheSlots) {
        this.witness = new Witness(size, cacheSlots, new Reading() {
            @Override
            public int content(ByteBuffer bytes) {
                return numbered(Stamp.read(Stamp.block(bytes, bytes.position()), bytes, bytes.position()));
            }

            @Override
            public int block(ByteBuffer bytes) {
                return (int) Stamp.block(bytes, bytes.position()) / (Size.BLOCK_BYTES / Stamp.BLOCK);
            }

            @Override
            public int write(ByteBuffer bytes) {
                return 0;
            }
        });
    }

    Witness witness() {
        return witness;
    }

    /** The number that a content has in the recording. */
    int numbered(long content) {
        return contents.computeIfAbsent(content, first -> contents.size());
    }

    /** From now on this is done after each step. */
    void afterEachStep(Runnable action) {
        afterStep = action;
    }

    @Override
    public int changedBlocks() {
        return 1;
    }

    @Override
    public boolean mayBeZeros() {
        return false;
    }

    @Override
    public List<Leg> devices(List<Leg> devices) {
        return witness.devices(devices);
    }

    @Override
    public Steps seam(Steps steps) {
        return witness.seam((step, body) -> steps.offer(step, () -> {
            body.run();
            afterStep.run();
        }));
    }

    @Override
    public VolumeListener listener() {
        return event -> witness.tells();
    }

    @Override
    public SyncHook syncs(SyncHook hook) {
        return new SyncHook() {
            @Override
            public void sync(Completion ended) {
                witness.asks();
                hook.sync(ended);
            }

            @Override
            public void giveUp(Completion ended) {
                hook.giveUp(ended);
            }
        };
    }

    @Override
    public void opens(Act opening) throws IOException {
        witness.opens(opening::perform);
    }

    @Override
    public void opened(Volume volume, DirtyRegionLog log) {
        witness.opened(volume, log);
    }

    @Override
    public void killed() {
        witness.killed();
    }

    @Override
    public void stores(long page, List<Long> stored, Act store) throws IOException {
        witness.stores((int) page, numbered(stored.get(0)), store::perform);
    }

    @Override
    public void marks(long page, Act mark) throws IOException {
        witness.marks((int) page, mark::perform);
    }

    @Override
    public void writes(long page, List<Long> written, Act submit) throws IOException {
        witness.writes((int) page, numbered(written.get(0)), submit::perform);
    }

    @Override
    public void writeTold(long page) {
        witness.writeTold((int) page);
    }

    @Override
    public int nextFlush() {
        return witness.nextFlush();
    }

    @Override
    public void flushes(int number, Act ask) throws IOException {
        witness.flushes(number, ask::perform);
    }

    @Override
    public void flushTold(int number) {
        witness.flushTold(number);
    }

    @Override
    public void told() {
        witness.tells();
    }
}
