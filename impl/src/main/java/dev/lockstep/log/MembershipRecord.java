package dev.lockstep.log;

import java.io.IOException;

/**
 * Where a volume records which of its legs are in use: the variable {@code record} of {@code Mirror.tla}, which outlives a crash.
 *
 * <p>A volume {@linkplain #found reads} it when it is opened, and {@linkplain #write writes} it when a leg has failed or is
 * readmitted: action {@code RecordFailure}. Until that has returned, no write that the leg missed is acknowledged, and no flush
 * (assumptions {@code FailureDurable}, {@code FailureBeforeFlush}). The volume flushes the legs in use before it writes the record
 * ({@code NewSourceFlushed}); so an implementation need not.
 *
 * <p>A volume writes one record at a time, and may do so while its legs and its log are written and flushed.
 */
public interface MembershipRecord {

    /** {@return what was recorded when the volume was opened; always the same} */
    Membership found();

    /**
     * Records, durably. When it returns, a crash at any time leaves this record, whichever of the legs in use are there after it,
     * and even if the legs that are out come back. If it is cut off, or throws, a crash leaves this one or the one before.
     *
     * @param membership what to record
     * @throws LegNotRecordedException if a leg in use failed; the volume then puts that leg out as well, and records that
     * @throws IOException             otherwise: the log failed, or there is nowhere to record; the volume then takes no more writes
     */
    void write(Membership membership) throws IOException;

    /**
     * {@return the record of a volume that has nowhere to record} A log in dm-log's format has no place for it, and legs without
     * labels have none either. So a volume with this record stops when a leg fails, as it must not go on without having recorded
     * that.
     *
     * @param found the membership to begin with
     */
    static MembershipRecord none(Membership found) {
        return new NoRecord(found);
    }
}
