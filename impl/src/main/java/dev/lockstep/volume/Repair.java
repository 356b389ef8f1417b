package dev.lockstep.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a region what a chosen leg holds of it. What keeps a user's write from being undone by that:
 * <ol>
 * <li>New writes to the region wait ({@link RegionTasks#hold}), as if they had not been submitted; those before end on every leg, and
 *     a resync of the region ends. A region that is then out of sync is left alone: the chosen leg lacks what was written since, and the
 *     source has it.</li>
 * <li>Spec action {@code Suspect}: the region is out of sync, and its bit becomes dirty.</li>
 * <li>Each chunk in which the chosen leg and the source differ is read from the chosen leg and written by an ordinary write, which
 *     waits for the dirty bit to be durable and goes to the source alone. The chosen leg does not change meanwhile: a region out of sync
 *     is written nowhere else, and no one else writes it.</li>
 * <li>The writes that waited go, to the source alone; and the region is resynced from the source.</li>
 * </ol>
 * A crash leaves a dirty region, and on the source, sector by sector, what it had or what the chosen leg had. Where the chosen leg is
 * the source itself there is nothing to write.
 *
 * <p>Steps follow from each other, on whatever thread; it needs no lock of its own.
 */
final class Repair {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private final Shell shell;
    private final RegionTasks tasks;
    private final Layout layout;
    private final int region;
    private final int leg;
    private final Completion ended;
    /** Set once, if the region is not repaired from that leg; read by whoever was told of the end. */
    private final AtomicReference<String> obstacle = new AtomicReference<>();
    private int chunk;

    Repair(Volume volume, int region, int leg, Completion ended) {
        this.shell = volume.shell();
        this.tasks = shell.tasks();
        this.layout = volume.layout();
        this.region = region;
        this.leg = leg;
        this.ended = ended;
    }

    void begin() throws IOException {
        tasks.hold(region, then(this::drained));
    }

    /** Why the region was not repaired from the chosen leg, one sentence; null if it was. */
    String obstacle() {
        return obstacle.get();
    }

    /** Something that comes next. */
    private interface Doing {
        void perform() throws IOException;
    }

    private Completion then(Doing next) {
        return new Completion() {
            @Override
            public void ended() {
                attempt(next);
            }

            @Override
            public void failed(IOException cause) {
                Repair.this.failed(cause);
            }
        };
    }

    private void attempt(Doing next) {
        try {
            next.perform();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void drained() throws IOException {
        if (tasks.outOfSync(region)) {
            leave("region " + region + " is out of sync: leg " + leg + " may lack what the source has");
        } else if (!tasks.legsInUse().contains(leg)) {
            leave("leg " + leg + " is out of use");
        } else {
            tasks.suspect(region, new Completion() {
                @Override
                public void ended() {
                    attempt(Repair.this::copyNext);
                }

                @Override
                public void failed(IOException cause) {
                    attempt(() -> leave(cause.getMessage()));
                }
            });
        }
    }

    /** Nothing is written. */
    private void leave(String why) {
        obstacle.set(why);
        tasks.release(region);
        ended.ended();
    }

    private void copyNext() throws IOException {
        int source = tasks.source();
        while (chunk < layout.chunksPerRegion()) {
            long position = layout.position(region, chunk);
            int length = leg == source ? 0 : layout.chunkLength(position);
            chunk++;
            if (length > 0) {
                ByteBuffer chosen = read(position, length, leg);
                if (!chosen.equals(read(position, length, source))) {
                    shell.submitRepair(chosen, position, region, then(this::copyNext));
                    return;
                }
            }
        }
        tasks.release(region);
        tasks.resync(region, ended);
    }

    private ByteBuffer read(long position, int length, int from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        tasks.look(bytes, position, from);
        return bytes.flip();
    }

    private void failed(IOException cause) {
        LOG.debug("the repair of region {} was cut short", region, cause);
        tasks.release(region);
        ended.failed(cause);
    }
}
