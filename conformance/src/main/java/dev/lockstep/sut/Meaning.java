package dev.lockstep.sut;

import dev.lockstep.trace.Label;
import java.util.Map;
import java.util.Set;

/**
 * What is said to a person of an action of Mirror.tla.
 *
 * @param actor     who acts: the application, the page cache, the driver, the log, a leg, a crash
 * @param sentence  what it means, one sentence
 * @param className the Java class whose method carries it out, without its package's {@code dev.lockstep.}
 * @param method    that method
 */
public record Meaning(String actor, String sentence, String className, String method) {
    private static final String APPLICATION = "application";
    private static final String CACHE = "page cache";
    private static final String DRIVER = "driver";
    private static final String LOG = "log";
    private static final String LEG = "leg";
    private static final String CRASH = "crash";
    private static final String MACHINE = "region.RegionMachine";
    private static final String PAGES = "cache.PageCache";
    private static final String RIG = "sut.Mirror";

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("Store", APPLICATION, "The page is changed in memory.", PAGES),
            entry("MarkPageDirty", new Meaning(APPLICATION, "The page is marked page-dirty.", PAGES, "markDirty")),
            entry("Read", new Meaning(APPLICATION, "The block is read from the leg.", "volume.Volume", "read")),
            entry("WriteBackClear", CACHE, "The page-dirty bit is cleared; the page is under write-back.", PAGES),
            entry("Submit", DRIVER, "The write is counted in; its region is DIRTY.", MACHINE),
            entry("LogWrite", LOG, "The region's bit goes into the log's volatile cache.", MACHINE),
            entry("LogFlushBegin", LOG, "A flush of the log begins.", MACHINE),
            entry("LogFlushEnd", LOG, "The log is durable.", MACHINE),
            entry("Issue", DRIVER, "The write is issued to the legs.", MACHINE),
            entry("LegWrite", LEG, "The leg reads the page's memory and is written.", MACHINE),
            entry("EndWrite", DRIVER, "Every leg has the write; it ends.", MACHINE),
            entry("Quiesce", DRIVER, "The region has drained.", MACHINE),
            entry("FlushBegin", DRIVER, "A flush of every leg begins.", MACHINE),
            entry("CertifyBegin", DRIVER, "The regions to be marked clean are chosen, and the legs' flushes begin.", MACHINE),
            entry("LegFlushEnd", LEG, "The leg is durable.", MACHINE),
            entry("FlushEnd", DRIVER, "The flush is acknowledged.", MACHINE),
            entry("CertifyEnd", DRIVER, "The chosen regions are CLEAN, and the log is to say so.", MACHINE),
            entry("Nominate", DRIVER, "A sweep begins: what is MAYBE_DIRTY becomes CLEAN_CANDIDATE.", MACHINE),
            entry("SyncBegin", DRIVER, "The sweep calls sync(), which has to write every page-dirty page.", MACHINE),
            entry("SyncEnd", DRIVER, "sync() returns.", MACHINE),
            entry("ResyncBegin", DRIVER, "The region's resync begins.", MACHINE),
            entry("ResyncCopy", DRIVER, "A block is copied from the source to another leg.", MACHINE),
            entry("ResyncEnd", DRIVER, "The region's legs agree.", MACHINE),
            entry("UnmountBegin", APPLICATION, "The volume is unmounted.", MACHINE),
            entry("UnmountEnd", DRIVER, "All that can be marked clean is, durably.", MACHINE),
            entry("Kill", new Meaning(CRASH, "The process dies.", RIG, "abandon")),
            entry("PowerCut", new Meaning(CRASH, "The power fails.", RIG, "abandon")),
            entry("Restart", DRIVER, "The volume is opened.", MACHINE));

    private static Map.Entry<String, Meaning> entry(String action, String actor, String sentence, String className) {
        return entry(action, new Meaning(actor, sentence, className, Character.toLowerCase(action.charAt(0))
                + action.substring(1)));
    }

    private static Map.Entry<String, Meaning> entry(String action, Meaning meaning) {
        return Map.entry(action, meaning);
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
        return new Meaning(LEG + " " + label.arguments().get(label.arguments().size() - 1), found.sentence, found.className,
                found.method);
    }

    /** {@return the class's simple name and the method, such as {@code RegionMachine.submit}} */
    public String shortName() {
        return className.substring(className.indexOf('.') + 1) + "." + method;
    }
}
