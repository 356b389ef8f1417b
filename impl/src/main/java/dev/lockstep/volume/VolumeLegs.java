package dev.lockstep.volume;

import dev.lockstep.log.MembershipRecord;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.Objects;

/**
 * The legs of a {@link Volume}: one is put out of use, taken into use again, replaced or removed. {@link Volume} says what holds of all that is
 * asked of it. Thread-safe.
 */
abstract class VolumeLegs {
    final Layout layout;
    final Shell shell;

    VolumeLegs(Layout layout, Shell shell) {
        this.layout = layout;
        this.shell = shell;
    }

    /**
     * Puts a leg out of use, as if something that was asked of it had failed: spec action {@code NoticeFailure}. Nothing happens to
     * one that is out already, to the last leg in use, or to the source while regions are out of sync, as it alone has them.
     *
     * @param leg   the leg
     * @param cause why, one sentence
     * @return whether it is out of use
     */
    public final boolean putOut(int leg, IOException cause) {
        Objects.checkIndex(leg, layout.legs());
        return shell.putOut(leg, cause);
    }

    /**
     * Puts another leg in the place of one that is out of use: spec actions {@code Replace}, {@code DirtyAll} and {@code Readmit}. It has
     * nothing of the volume; so every region's bit turns dirty first, and after it is taken in every region is NOSYNC, to be resynced
     * by a {@link Resyncer}. A crash before its readmission is {@linkplain MembershipRecord recorded} leaves it out of use, and to be put in
     * its place again; one after that leaves every region that it lacks dirty.
     *
     * <p>For a short while writes wait, and flushes, sweeps and resyncs are not begun: until what is under way has ended.
     *
     * @param leg     which; one whose being out is recorded
     * @param opened  the new leg, with any content
     * @param takenIn told when it is recorded that it is in use; its resync has yet to be asked for then. Told that it failed if the leg
     *                failed again before that, or the volume has stopped
     * @throws IOException           if the leg is in use, or its being out is not recorded, or the volume has stopped or is unmounted; then
     *                               nothing has happened
     * @throws IllegalStateException if a leg is being taken in already
     */
    public final void rebuild(int leg, Leg opened, Completion takenIn) throws IOException {
        rebuild(leg, opened, () -> { }, takenIn);
    }

    /**
     * Puts another leg in the place of one that is out of use, or that is not there, as {@link #rebuild(int, Leg, Completion)} does.
     *
     * @param leg     which; one whose being out is recorded
     * @param opened  the new leg, with any content
     * @param placed  told at most once, when the leg has its place, before that is recorded: who keeps the record is to know of it then
     * @param takenIn told when it is recorded that it is in use
     * @throws IOException           as {@link #rebuild(int, Leg, Completion)} does
     * @throws IllegalStateException likewise
     */
    public final void rebuild(int leg, Leg opened, Runnable placed, Completion takenIn) throws IOException {
        requireLength(leg, opened);
        shell.intakes().takeIn(leg, opened, true, placed, takenIn);
    }

    /**
     * Has a place hold no leg any more: spec action {@code Replace}, by nothing. From then on regions may be marked clean without it. A
     * crash before that is recorded leaves the leg out of use; one after that leaves a place without a leg, into which one may be
     * {@linkplain #rebuild put}.
     *
     * @param leg     which; one whose being out is recorded
     * @param emptied told before that is recorded: who keeps the record is to know of it then
     * @throws IOException           if the leg is in use, or its being out is not recorded, or the volume has stopped or is unmounted: then
     *                               nothing has happened; or if it cannot be recorded
     * @throws IllegalStateException if a leg is being taken in
     */
    public final void remove(int leg, Runnable emptied) throws IOException {
        Objects.checkIndex(leg, layout.legs());
        shell.intakes().remove(leg, emptied);
    }

    /**
     * Puts another leg in the place of one that is out of use, and does not take it in: spec action {@code Replace}, which {@code DirtyAll}
     * follows. {@link #readmit(int, Leg)} takes it in once every region is durably dirty. Whoever opens a volume one of whose legs is out and
     * blank says so by this. {@link #rebuild} is both.
     *
     * @param leg    which; one whose being out is recorded
     * @param opened the new leg, with any content; the one that it takes the place of stays the caller's to close
     * @return false, and then nothing has happened, if the leg is in use or its being out is not recorded, or the volume has stopped
     */
    public final boolean replace(int leg, Leg opened) {
        requireLength(leg, opened);
        return shell.intakes().replace(leg, opened);
    }

    /**
     * Takes a leg into use that was out, as soon as that can be: {@link #readmit(int, Leg)}, which has the conditions. Writes wait for a short
     * while, as with {@link #rebuild}.
     *
     * @param leg     which; one whose being out is recorded
     * @param opened  the leg, opened anew if it had failed
     * @param takenIn told when it is recorded that it is in use; the resync of what it has missed has yet to be asked for then. Told that
     *                it failed if the leg failed again before that, or the volume has stopped
     * @throws IOException           as {@link #rebuild} does
     * @throws IllegalStateException likewise
     */
    public final void readmit(int leg, Leg opened, Completion takenIn) throws IOException {
        requireLength(leg, opened);
        shell.intakes().takeIn(leg, opened, false, () -> { }, takenIn);
    }

    private void requireLength(int leg, Leg opened) {
        Objects.checkIndex(leg, layout.legs());
        if (opened.length() < layout.bytes()) {
            throw new IllegalArgumentException("leg " + opened.name() + " has " + opened.length() + " bytes; at least "
                    + layout.bytes() + " are expected");
        }
    }

    /**
     * Takes a leg into use that was out: spec action {@code Readmit}. What was clean when it failed it still has; every other
     * region is NOSYNC, and is to be {@linkplain #resync resynced}. It must be the same leg, with what it had when it was put out, or
     * less of what it was given since its last flush.
     *
     * @param leg    which
     * @param opened the leg, opened anew if it had failed; the one that it takes the place of stays the caller's to close
     * @return false, and then nothing has happened, if the leg is in use, or while a write, a flush, a sweep or a resync is under way:
     *         the caller asks again
     * @throws IOException if the volume has stopped or is unmounted
     */
    public final boolean readmit(int leg, Leg opened) throws IOException {
        requireLength(leg, opened);
        return shell.intakes().readmit(leg, opened);
    }
}
