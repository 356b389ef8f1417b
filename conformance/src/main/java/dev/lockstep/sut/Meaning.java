package dev.lockstep.sut;

import dev.lockstep.trace.Label;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said to a person of an action of Mirror.tla.
 *
 * @param actor     who acts: the application, the file system, the page cache, the driver, the log, a leg, a crash
 * @param sentence  what it means, one sentence
 * @param performer what carries it out; none if the mirror has nothing of that yet
 */
public record Meaning(String actor, String sentence, Optional<Performer> performer) {

    /**
     * What carries an action out.
     *
     * @param className the Java class, without its package's {@code dev.lockstep.}
     * @param method    its method
     */
    public record Performer(String className, String method) {
    }

    private static final String APPLICATION = "application";
    private static final String FILE_SYSTEM = "file system";
    private static final String CACHE = "page cache";
    private static final String DRIVER = "driver";
    private static final String LOG = "log";
    private static final String LEG = "leg";
    private static final String CRASH = "crash";
    private static final String MACHINE = "region.RegionMachine";
    private static final String SWEEPS = "region.SweepSteps";
    private static final String RESYNCS = "region.ResyncSteps";
    private static final String FAILURES = "region.FailureSteps";
    private static final String PAGES = "cache.PageCache";
    private static final String RIG = "sut.Mirror";
    private static final String ENVIRONMENT = "sut.Environment";
    private static final String JOURNAL = "sut.Owners";

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("Store", APPLICATION, "The page is changed in memory.", PAGES),
            entry("MarkPageDirty", APPLICATION, "The page is marked page-dirty.", PAGES, "markDirty"),
            entry("MarkFirst", APPLICATION, "The page is marked page-dirty, and will be changed in memory.", PAGES),
            entry("Read", APPLICATION, "The block is read from the leg.", "volume.Volume", "read"),
            entry("DirectWrite", APPLICATION, "A block is written past the page cache, from the application's memory.", "volume.Volume",
                    "submit"),
            entry("ChangeMemory", APPLICATION, "The application changes memory that is being written.", ENVIRONMENT),
            entry("Discard", FILE_SYSTEM, "The block's content is dropped.", "volume.Volume"),
            entry("FreeBlock", FILE_SYSTEM, "The block is freed; its page leaves the cache.", PAGES, "drop"),
            entry("Allocate", FILE_SYSTEM, "The block is allocated to another file.", JOURNAL),
            entry("Commit", FILE_SYSTEM, "Who owns the block is durable in the journal.", JOURNAL),
            entry("WriteBackClear", CACHE, "The page-dirty bit is cleared; the page is under write-back.", "cache.WriteBacks"),
            entry("CopyPage", CACHE, "The page is copied, for the legs to read.", "cache.WriteBacks"),
            entry("Submit", DRIVER, "The write is counted in; its region is DIRTY.", MACHINE),
            none("WriteBack", CACHE, "The page-dirty bit is cleared and the write counted in, in one step."),
            entry("LogWrite", LOG, "The region's bit goes into the log's volatile cache.", MACHINE),
            entry("LogFlushBegin", LOG, "A flush of the log begins.", MACHINE),
            entry("LogFlushEnd", LOG, "The log is durable.", MACHINE),
            entry("LogFlushFails", LOG, "The log's flush fails.", FAILURES),
            entry("Issue", DRIVER, "The write is issued to the legs.", MACHINE),
            entry("LegWrite", LEG, "The leg reads the page's memory and is written.", MACHINE),
            entry("EndWrite", DRIVER, "Every leg has the write; it ends.", MACHINE),
            entry("Quiesce", DRIVER, "The region has drained.", MACHINE),
            entry("FlushBegin", DRIVER, "A flush of every leg begins.", SWEEPS),
            entry("CertifyBegin", DRIVER, "The regions to be marked clean are chosen, and the legs' flushes begin.", SWEEPS),
            entry("LegFlushEnd", LEG, "The leg is durable.", SWEEPS),
            entry("FlushEnd", DRIVER, "The flush is acknowledged.", SWEEPS),
            entry("CertifyEnd", DRIVER, "The chosen regions are CLEAN, and the log is to say so.", SWEEPS),
            entry("Nominate", DRIVER, "A sweep begins: what is MAYBE_DIRTY becomes CLEAN_CANDIDATE.", SWEEPS),
            entry("SyncBegin", DRIVER, "The sweep calls sync(), or begins a period; every page-dirty page is to be written.",
                    SWEEPS),
            entry("SyncEnd", DRIVER, "sync() returns, or the period is over.", SWEEPS),
            entry("SyncFails", DRIVER, "sync() returns an error.", FAILURES),
            entry("Compare", DRIVER, "The block is read from every leg, and compared.", SWEEPS),
            entry("Suspect", APPLICATION, "The region is taken for out of sync, and will be resynced.", RESYNCS),
            entry("ResyncBegin", DRIVER, "The region's resync begins.", RESYNCS),
            entry("ResyncCopy", DRIVER, "A block is copied from the source to another leg.", RESYNCS),
            entry("ResyncEnd", DRIVER, "The region's legs agree.", RESYNCS),
            entry("UnmountBegin", APPLICATION, "The volume is unmounted.", MACHINE),
            entry("UnmountEnd", DRIVER, "All that can be marked clean is, durably.", MACHINE),
            entry("LegFails", LEG, "The leg does not answer any more.", "sut.VolatileLeg", "gone"),
            entry("NoticeFailure", DRIVER, "Something asked of the leg has failed, and it is put out of use.", FAILURES),
            entry("LegFlushFails", LEG, "The leg's flush fails.", FAILURES),
            entry("RecordBegin", DRIVER, "The legs in use are flushed, before it is recorded which those are.", FAILURES),
            entry("RecordFailure", DRIVER, "Which legs are out of use is durable on the log and the others.", FAILURES),
            none("LateWrite", LEG, "What was asked of the leg before it was put out of use has ended, and may have reached it."),
            entry("LegReturns", LEG, "The leg answers again.", RIG),
            entry("Replace", LEG, "Another device, blank, takes the leg's place.", FAILURES, "replaced"),
            entry("DirtyAll", DRIVER, "Every region's bit is to be dirty, before a blank leg is taken in.", FAILURES),
            entry("Readmit", DRIVER, "The leg is taken into use again, and what was written meanwhile is out of sync.", FAILURES),
            entry("Kill", CRASH, "The process dies.", RIG, "abandon"),
            entry("PowerCut", CRASH, "The power fails: each device keeps what it keeps.", RIG, "abandon"),
            entry("Restart", DRIVER, "The volume is opened.", MACHINE));

    /** Of an action whose method has its name. */
    private static Map.Entry<String, Meaning> entry(String action, String actor, String sentence, String className) {
        return entry(action, actor, sentence, className, Character.toLowerCase(action.charAt(0)) + action.substring(1));
    }

    private static Map.Entry<String, Meaning> entry(String action, String actor, String sentence, String className,
            String method) {
        return Map.entry(action, new Meaning(actor, sentence, Optional.of(new Performer(className, method))));
    }

    /** Of an action that the mirror has no method for yet; it is explained all the same, as counterexamples have it. */
    private static Map.Entry<String, Meaning> none(String action, String actor, String sentence) {
        return Map.entry(action, new Meaning(actor, sentence, Optional.empty()));
    }

    /** {@return every action that something is said of} */
    public static Set<String> actions() {
        return MEANINGS.keySet();
    }

    /**
     * {@return what is said of an action; a leg that acts is named by its number}
     *
     * @param label the action, with its parameters
     */
    public static Meaning of(Label label) {
        Meaning found = MEANINGS.get(label.action());
        if (found == null) {
            throw new IllegalArgumentException("action " + label + " is none of Mirror.tla");
        }
        if (!found.actor.equals(LEG)) {
            return found;
        }
        return new Meaning(LEG + " " + label.arguments().get(label.arguments().size() - 1), found.sentence, found.performer);
    }

    /**
     * {@return the Java class whose method carries it out, without its package's {@code dev.lockstep.}}
     *
     * @throws java.util.NoSuchElementException if the mirror has no method for it yet
     */
    public String className() {
        return performer.orElseThrow().className;
    }

    /**
     * {@return the method that carries it out}
     *
     * @throws java.util.NoSuchElementException if the mirror has no method for it yet
     */
    public String method() {
        return performer.orElseThrow().method;
    }

    /**
     * {@return the class's simple name and the method, such as {@code RegionMachine.submit}}
     *
     * @throws java.util.NoSuchElementException if the mirror has no method for it yet
     */
    public String shortName() {
        return className().substring(className().indexOf('.') + 1) + "." + method();
    }
}
