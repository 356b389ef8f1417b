package dev.lockstep.scenario;

import dev.lockstep.sut.Meaning;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said to a person of an action of any module of the specification: of Mirror.tla's by {@link Meaning}, of those of the
 * modules that look into the log here.
 *
 * @param actor    who acts
 * @param sentence what it means, one sentence
 */
public record Words(String actor, String sentence) {
    private static final String LEG = "leg";
    private static final String CRASH = "crash";
    private static final Set<String> OF_MIRROR = Set.of("Mirror", "MirrorHistory", "MirrorLiveness", "Twin");

    private static final Map<String, Words> GENERATIONS = Map.ofEntries(
            entry("Open", Lanes.DRIVER, "The volume is opened: what the log and the labels say is read and judged."),
            entry("BitsWrite", Lanes.LOG, "The bits alone are written, all dirty."),
            entry("BitsFlush", Lanes.LOG, "The bits are durable."),
            entry("LogWrite", Lanes.LOG, "The new generation is written to the log, and which legs are out of use."),
            entry("LogFlush", Lanes.LOG, "The new generation is durable on the log."),
            entry("LabelWrite", LEG, "The new generation is written to the leg's label."),
            entry("LabelsFlush", Lanes.DRIVER, "The labels of the legs in use are durable."),
            entry("Write", Lanes.APPLICATION, "The volume is written, and the write is acknowledged."),
            entry("WriteCutOff", CRASH, "The process is killed in the middle of a write: any of its legs may have it."),
            entry("Resync", Lanes.DRIVER, "The legs in use become what the source is."),
            entry("MarkClean", Lanes.DRIVER, "The region is marked clean."),
            entry("Fails", LEG, "The leg fails, and is to be recorded as out of use."),
            entry("Readmit", Lanes.DRIVER, "The leg is taken into use again."),
            entry("TakeOut", Lanes.DRIVER, "The leg is taken out, and a blank one is to have its place."),
            entry("Remove", Lanes.DRIVER, "The leg is taken out of the volume, for good."),
            entry("Add", Lanes.DRIVER, "A blank leg comes where the volume has none, and is taken in."),
            entry("Kill", CRASH, "The process dies."),
            entry("PowerCut", CRASH, "The power fails: the log and each label keep what they keep."),
            entry("LegGoes", LEG, "The leg's file is not there, or is there again."),
            entry("LegReplaced", LEG, "Another file lies in the leg's place."),
            entry("CopyLeg", LEG, "Somebody makes a copy of the leg."),
            entry("LegPutBack", LEG, "An older copy of the leg takes its place."),
            entry("LogLost", Lanes.LOG, "The log is lost."),
            entry("CopyLog", Lanes.LOG, "Somebody makes a copy of the log."),
            entry("LogPutBack", Lanes.LOG, "An older copy of the log takes its place."));

    private static final Map<String, Words> TWO_COPIES = Map.ofEntries(
            entry("Write", Lanes.LOG, "The copy that was written last is overwritten."),
            entry("Kept", Lanes.LOG, "The first copy is durable."),
            entry("Repeat", Lanes.LOG, "The same content goes to the other copy."),
            entry("Ended", Lanes.LOG, "The flush of the log has ended: the mirror relies on it."),
            entry("Open", Lanes.DRIVER, "The log is read."),
            entry("Void", Lanes.DRIVER, "Nothing is found to be read: every region is dirty."),
            entry("MakeAnew", Lanes.LOG, "Both copies are written anew."),
            entry("BecomeDamaged", Lanes.LOG, "A copy cannot be read any more."),
            entry("Kill", CRASH, "The process dies."),
            entry("KillWriting", CRASH, "The process dies in the middle of a write, of which a part is left."),
            entry("PowerCut", CRASH, "The power fails: each copy keeps what it keeps."));

    private static final Map<String, Words> ONE_COPY = Map.ofEntries(
            entry("Write", Lanes.LOG, "The bits that have changed are written; after opening, all."),
            entry("Ended", Lanes.LOG, "The flush of the log has ended: the mirror relies on it."),
            entry("Open", Lanes.DRIVER, "The log is read and believed."),
            entry("Lose", Lanes.DRIVER, "The log is not believed: every region is dirty."),
            entry("Make", Lanes.DRIVER, "A new log is wanted over what there is."),
            entry("Void", Lanes.LOG, "No header is right any more, durably."),
            entry("WriteBits", Lanes.LOG, "All bits are written, and durable."),
            entry("WriteHeader", Lanes.LOG, "The header is written."),
            entry("Kill", CRASH, "The process dies."),
            entry("KillWriting", CRASH, "The process dies in the middle of a write, of which some sectors are left."),
            entry("KillVoiding", CRASH, "The process dies when the header is gone, but not durably."),
            entry("PowerCut", CRASH, "The power fails: each sector keeps what it keeps."),
            entry("BecomeDamaged", Lanes.LOG, "A sector cannot be read any more."),
            entry("BecomeOther", Lanes.LOG, "Something else is put in the log's place."));

    private static final Map<String, Map<String, Words>> OF_THE_LOG = Map.of("Generations", GENERATIONS, "TwoCopies", TWO_COPIES, "OneCopy", ONE_COPY);

    private static Map.Entry<String, Words> entry(String action, String actor, String sentence) {
        return Map.entry(action, new Words(actor, sentence));
    }

    /**
     * {@return what is said of an action; none if nothing is known of it}
     *
     * @param module         the module that defines it
     * @param label          the action, named as there
     * @param argumentsKnown whether the label has its parameters, by which a leg that acts is told
     */
    public static Optional<Words> of(String module, Label label, boolean argumentsKnown) {
        if (OF_THE_LOG.containsKey(module)) {
            Words found = OF_THE_LOG.get(module).get(label.action());
            return Optional.ofNullable(found).map(words -> words.actor.equals(LEG) ? words.ofLeg(label, argumentsKnown) : words);
        }
        String action = actionOf(module, label.action());
        if (!OF_MIRROR.contains(module) || !Meaning.actions().contains(action)) {
            return Optional.empty();
        }
        // Which leg acts is told by a parameter, and TLC does not always tell it.
        List<Value> arguments = argumentsKnown ? label.arguments() : List.of(Value.model("unknown"));
        Meaning meaning = Meaning.of(new Label(action, arguments));
        boolean someLeg = !argumentsKnown && meaning.actor().startsWith(LEG);
        return Optional.of(new Words(someLeg ? LEG : meaning.actor(), meaning.sentence()));
    }

    private Words ofLeg(Label label, boolean argumentsKnown) {
        return argumentsKnown ? new Words(LEG + " " + label.arguments().get(label.arguments().size() - 1), sentence) : this;
    }

    /**
     * {@return the name under which Mirror.tla defines an action: MirrorHistory adds an H to each}
     *
     * @param module the module in which it was found
     * @param action its name there
     */
    public static String actionOf(String module, String action) {
        String stem = action.replaceFirst("H$", "");
        return OF_MIRROR.contains(module) && Meaning.actions().contains(stem) ? stem : action;
    }

    /**
     * {@return whether a module's actions are those of Mirror.tla}
     *
     * @param module a module's name
     */
    public static boolean ofMirror(String module) {
        return OF_MIRROR.contains(module);
    }

    /** {@return whether it is a crash, which goes through all lanes} */
    public boolean crash() {
        return actor.equals(CRASH);
    }
}
