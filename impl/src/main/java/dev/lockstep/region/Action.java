package dev.lockstep.region;

/** The System actions of Mirror.tla, each under its own name there. */
public enum Action {
    /** Take a page-dirty page and clear its bit. First: the page. */
    WRITE_BACK_CLEAR("WriteBackClear"),
    /** Copy a page that is under write-back, where the legs read a copy. First: the write-back's slot. */
    COPY_PAGE("CopyPage"),
    /** Hand a write to the driver. First: the write-back's slot. */
    SUBMIT("Submit"),
    /** Write the changed bits to the log. */
    LOG_WRITE("LogWrite"),
    /** Begin to flush the log. */
    LOG_FLUSH_BEGIN("LogFlushBegin"),
    /** See the log's flush end. */
    LOG_FLUSH_END("LogFlushEnd"),
    /** Let a write go to its legs. First: the write. */
    ISSUE("Issue"),
    /** Write one leg. First: the write; second: the leg. */
    LEG_WRITE("LegWrite"),
    /** See that every leg has the write. First: the write. */
    END_WRITE("EndWrite"),
    /** See that a region has drained. First: the region. */
    QUIESCE("Quiesce"),
    /** Begin a round of flushes that the user asked for. */
    FLUSH_BEGIN("FlushBegin"),
    /** Begin a round of flushes that certifies regions. */
    CERTIFY_BEGIN("CertifyBegin"),
    /** See one leg's flush end. First: the leg. */
    LEG_FLUSH_END("LegFlushEnd"),
    /** End a round that has nothing to certify. */
    FLUSH_END("FlushEnd"),
    /** End a round by marking the chosen regions clean. */
    CERTIFY_END("CertifyEnd"),
    /** Begin a sweep. */
    NOMINATE("Nominate"),
    /** Begin the sweep's sync(), or idea 3's pass. */
    SYNC_BEGIN("SyncBegin"),
    /** See the sweep's sync() return, or idea 3's period end. */
    SYNC_END("SyncEnd"),
    /** Compare a chunk of a candidate on all legs. First: the region; second: the chunk, counted in its region. */
    COMPARE("Compare"),
    /** Have a region count as out of sync, whatever is known of it. First: the region. */
    SUSPECT("Suspect"),
    /** Take up a region out of sync. First: the region. */
    RESYNC_BEGIN("ResyncBegin"),
    /** Copy a chunk from the source to a leg. First: the chunk, counted in its region; second: the leg. */
    RESYNC_COPY("ResyncCopy"),
    /** See that a region's legs agree. First: the region. */
    RESYNC_END("ResyncEnd"),
    /** Put a leg out of use that something asked of has failed. First: the leg. */
    NOTICE_FAILURE("NoticeFailure"),
    /** Put a leg out of use whose flush has failed, in a round or before a record. First: the leg. */
    LEG_FLUSH_FAILS("LegFlushFails"),
    /** Begin to record which legs are out of use: the others are flushed. */
    RECORD_BEGIN("RecordBegin"),
    /** See the flushes end, and make it durable which legs are out of use. */
    RECORD_FAILURE("RecordFailure"),
    /** Have every region's bit dirty, before a blank leg is taken in. */
    DIRTY_ALL("DirtyAll"),
    /** Take a leg into use again. First: the leg. */
    READMIT("Readmit"),
    /** See the sweep's sync() fail, or give it up. */
    SYNC_FAILS("SyncFails"),
    /** See the log's flush fail. */
    LOG_FLUSH_FAILS("LogFlushFails"),
    /** Begin to close. */
    UNMOUNT_BEGIN("UnmountBegin"),
    /** See that all that can be marked clean is, durably. */
    UNMOUNT_END("UnmountEnd"),
    /** Open the volume. */
    RESTART("Restart");

    private final String specName;

    Action(String specName) {
        this.specName = specName;
    }

    /** {@return the action's name in Mirror.tla} */
    public String specName() {
        return specName;
    }
}
