package dev.lockstep.cache;

import dev.lockstep.region.Policy;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.QueueSteps;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A page cache over a volume in memory, each of whose steps a test runs when it likes. */
abstract class CacheOnQueue {
    static final int PAGE = 4096;
    static final Layout LAYOUT = new Layout(4 * (16 << 10), 16 << 10, 2, 0);

    final QueueSteps steps = new QueueSteps();
    /** Whether every device that is {@linkplain #failing failing} is gone. */
    boolean gone;
    Rig rig;
    Volume volume;
    PageCache cache;
    CacheView view;

    final void open(Policy policy, int slots) throws IOException {
        open(policy, LAYOUT, slots);
    }

    final void open(Policy policy, Layout layout, int slots) throws IOException {
        open(Rig.inMemory(policy, layout), slots);
        volume.syncWith(cache);
    }

    /** Over devices of a test's own. */
    final void open(Rig devices, int slots) throws IOException {
        rig = devices;
        volume = rig.open(steps);
        steps.run();
        cache = new PageCache(volume, steps, PAGE, slots);
        view = cache.view();
    }

    /** A device that can be written only while it is not gone. */
    final Leg failing(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (gone) {
                    throw new IOException("gone");
                }
                super.write(from, position);
            }
        };
    }

    static ByteBuffer filled(int length, int with) {
        return FilesSeen.filled(length, with);
    }

    final void storeAndMark(long page, int with) throws IOException {
        cache.store(page * PAGE, filled(PAGE, with));
        cache.markDirty(page);
    }

    final byte[] read(long position, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        cache.read(into, position);
        return into.array();
    }
}
