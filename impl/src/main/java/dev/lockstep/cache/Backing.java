package dev.lockstep.cache;

import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Copied;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a cache's pages come from and go to. Thread-safe. */
abstract class Backing {
    private final Layout layout;
    private final Policy policy;

    private Backing(Layout layout, Policy policy) {
        this.layout = layout;
        this.policy = policy;
    }

    Layout layout() {
        return layout;
    }

    Policy policy() {
        return policy;
    }

    /** Fills a buffer; what it asks for lies in one page. */
    abstract void read(ByteBuffer into, long position) throws IOException;

    /** Takes a write of a page. Gives the write's number, or {@link WriteBack#NOT_SUBMITTED} if no one asks for it. */
    abstract int submit(ByteBuffer memory, long position, Completion ended) throws IOException;

    /** Copies a page. */
    abstract Copied copy(ByteBuffer memory);

    /** Takes a write of what was copied of a page; gives what the other one gives. */
    abstract int submit(Copied copied, long position, Completion ended) throws IOException;

    static Backing of(Volume volume) {
        return new Backing(volume.layout(), volume.policy()) {
            @Override
            void read(ByteBuffer into, long position) throws IOException {
                volume.read(into, position);
            }

            @Override
            int submit(ByteBuffer memory, long position, Completion ended) throws IOException {
                return volume.submit(memory, position, ended);
            }

            @Override
            Copied copy(ByteBuffer memory) {
                return volume.copy(memory);
            }

            @Override
            int submit(Copied copied, long position, Completion ended) throws IOException {
                return volume.submit(copied, position, ended);
            }
        };
    }

    /** A volume that is closed only when what it has taken has ended, and that reads and writes whole sectors. */
    static Backing of(FileVolume volume) {
        return new Backing(volume.layout(), volume.policy()) {
            @Override
            void read(ByteBuffer into, long position) throws IOException {
                int before = (int) (position % Leg.SECTOR);
                int length = before + into.remaining();
                if (before == 0 && length % Leg.SECTOR == 0) {
                    volume.read(into, position);
                    return;
                }
                ByteBuffer sectors = ByteBuffer.allocate((length + Leg.SECTOR - 1) / Leg.SECTOR * Leg.SECTOR);
                volume.read(sectors, position - before);
                into.put(sectors.slice(before, into.remaining()));
            }

            @Override
            int submit(ByteBuffer memory, long position, Completion ended) throws IOException {
                volume.submit(memory, position, ended);
                return WriteBack.NOT_SUBMITTED;
            }

            @Override
            Copied copy(ByteBuffer memory) {
                return volume.copy(memory);
            }

            @Override
            int submit(Copied copied, long position, Completion ended) throws IOException {
                volume.submit(copied, position, ended);
                return WriteBack.NOT_SUBMITTED;
            }
        };
    }
}
