package dev.lockstep.crash.enumerate;

import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A change of the legs of an open volume, in the parts and in the order in which a {@link FileVolume} makes it (its package's {@code
 * LegChanges}, which is looked at itself where nobody else is there: {@link ClosedChange}). There the next part follows when the steps of the last have ended; here they are run by whoever picks steps, and something
 * else may come between. Not thread-safe.
 */
final class LegChange {
    /** What is done. */
    enum Kind {
        /** {@link FileVolume#addLeg}. */
        ADD,
        /** {@link FileVolume#removeLeg}. */
        REMOVE,
        /** {@link FileVolume#replaceLeg}. */
        REPLACE
    }

    /**
     * What is to be done.
     *
     * @param kind   which
     * @param place  the leg's place
     * @param device the new leg's device; none if one is removed
     */
    record Wanted(Kind kind, int place, int device) {

        /** Whether a crash left it done. */
        boolean isMade(Standing standing) {
            return standing.at(place) == device;
        }
    }

    private enum Part { PUT_OUT, PLACE, TAKE_IN, RECORD, OVER }

    private final Wanted wanted;
    private final OpenedVolume opened;
    private final Volume volume;
    private final LabelledRecord record;
    private Part part;

    LegChange(Wanted wanted, OpenedVolume opened) {
        this.wanted = wanted;
        this.opened = opened;
        this.volume = opened.volume();
        this.record = opened.record().orElseThrow();
        this.part = wanted.kind == Kind.ADD ? Part.PLACE : Part.PUT_OUT;
    }

    /** Whether a leg has been put out of use, and the rest is to come. */
    boolean hasPutOut() {
        return part == Part.PLACE && wanted.kind != Kind.ADD;
    }

    boolean isOver() {
        return part == Part.OVER;
    }

    /**
     * Makes the next part if it can be made now.
     *
     * @return whether it was
     * @throws IOException if it cannot be made at all
     */
    boolean goOn() throws IOException {
        return switch (part) {
            case PUT_OUT -> {
                boolean out = volume.putOut(wanted.place, new IOException("it is to be removed or replaced"));
                part = out ? Part.PLACE : Part.PUT_OUT;
                yield out;
            }
            case PLACE -> {
                boolean recorded = volume.inspect(driver -> (driver.out() & driver.recordedOut() & 1 << wanted.place) != 0);
                if (recorded) {
                    place();
                }
                yield recorded;
            }
            case RECORD -> {
                record();
                yield true;
            }
            case TAKE_IN, OVER -> false;
        };
    }

    private void place() throws IOException {
        if (wanted.kind == Kind.REMOVE) {
            Leg removed = opened.device(opened.at(wanted.place));
            volume.remove(wanted.place, () -> record.empty(wanted.place));
            opened.placed(wanted.place, Standing.NONE);
            LegLabel.erase(removed, volume.layout().bytes());
            part = Part.OVER;
            return;
        }
        Leg leg = opened.leg(wanted.place, wanted.device);
        record.requireFits(wanted.place, leg);
        part = Part.TAKE_IN;
        volume.rebuild(wanted.place, leg, () -> recordIn(leg), new Completion() {
            @Override
            public void ended() {
                part = Part.RECORD;
            }

            @Override
            public void failed(IOException cause) {
                throw new UncheckedIOException(cause);
            }
        });
    }

    /** No flush ends before what is recorded of the legs is what they are. */
    private void record() throws IOException {
        part = Part.TAKE_IN;
        volume.flush(new Completion() {
            @Override
            public void ended() {
                part = Part.OVER;
            }

            @Override
            public void failed(IOException cause) {
                throw new UncheckedIOException(cause);
            }
        });
    }

    private void recordIn(Leg leg) {
        try {
            if (wanted.kind == Kind.ADD) {
                record.fill(wanted.place, leg, OpenedVolume.path(wanted.device));
            } else {
                record.replace(wanted.place, leg, OpenedVolume.path(wanted.device));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        opened.placed(wanted.place, wanted.device);
    }
}
