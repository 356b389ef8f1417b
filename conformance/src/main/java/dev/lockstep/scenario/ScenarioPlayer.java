package dev.lockstep.scenario;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.scenario.ScenarioRun.Outcome;
import dev.lockstep.scenario.ScenarioRun.PlayedStep;
import dev.lockstep.sut.DiskImage;
import dev.lockstep.sut.Ext2Bitmap;
import dev.lockstep.sut.Meaning;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import dev.lockstep.trace.BoolValue;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a scenario on the mirror: 1 region of 1 block on 2 legs, real files, the page a block bitmap of ext2. The script
 * gives the Environment's steps and the legs' writes; what the driver comes to by itself is played as the driver has it.
 *
 * <p>A store that has to wait, as it has to where a page is locked while it is written, lets the driver and the legs go on
 * until it can be made. What of the script they have done by then is left out where the script comes to it.
 */
public final class ScenarioPlayer {
    private static final int SHOWN_BYTES = 16;
    private static final String WAITED = "The page was locked, and the store has waited until its write had ended. ";
    private static final Value ZERO = new IntValue(0);
    private static final Value ONE = new IntValue(1);
    /** What the driver comes to by itself while it handles writes, in the order in which it is looked for. */
    private static final List<Label> GOES_ON = List.of(Label.of("CopyPage", ZERO), Label.of("Submit", ZERO), Label.of("LogWrite"),
            Label.of("LogFlushBegin"), Label.of("LogFlushEnd"), Label.of("Issue", ZERO), Label.of("EndWrite", ZERO),
            Label.of("Quiesce", ZERO), Label.of("LegFlushEnd", ZERO), Label.of("LegFlushEnd", ONE), Label.of("FlushEnd"),
            Label.of("CertifyEnd"), Label.of("Compare", ZERO), Label.of("ResyncCopy", ZERO, ONE), Label.of("ResyncEnd", ZERO));
    private static final List<Label> MARKS = List.of(Label.of("CertifyBegin"), Label.of("Nominate"), Label.of("SyncBegin"));
    /** What ends a write, in the order in which it is looked for. */
    private static final List<Label> ENDS_WRITE = List.of(Label.of("LegWrite", ZERO, ZERO, ZERO),
            Label.of("LegWrite", ZERO, ZERO, ONE), Label.of("EndWrite", ZERO));
    private static final List<Label> RESYNCS = List.of(Label.of("ResyncBegin", ZERO));

    private final Scenario scenario;
    private final Mirror mirror;
    private final List<Variable> variables = Variables.of(Size.SMALLEST);
    private final List<PlayedStep> played = new ArrayList<>();
    /** What was done of the script before its turn, since the last write began. */
    private final List<Label> ahead = new ArrayList<>();
    private int resynced;
    private boolean fsckSawIt;
    private String bitAfterCrash = "";

    private ScenarioPlayer(Scenario scenario, Mirror mirror) {
        this.scenario = scenario;
        this.mirror = mirror;
    }

    /**
     * Plays a scenario under a policy.
     *
     * @param scenario the scenario
     * @param policy   the policy
     * @param folder   where to make a folder for the volume's files, which is removed
     * @return how it went
     * @throws IOException if the files cannot be made, written or read
     */
    public static ScenarioRun play(Scenario scenario, Policy policy, Path folder) throws IOException {
        try (RigFolder files = RigFolder.in(folder, "lockstep-scenario-");
                Mirror mirror = new Mirror(files.path(), Size.SMALLEST, policy, Surroundings.of(Storing.STORE_MARK),
                        LogFormat.HARDENED, new Ext2Bitmap(), 0)) {
            return new ScenarioPlayer(scenario, mirror).play(policy);
        }
    }

    private ScenarioRun play(Policy policy) throws IOException {
        for (Scenario.ScriptStep step : scenario.steps()) {
            if (step.action().isEmpty()) {
                driver(step);
            } else if (!ahead.remove(step.action().get())) {
                scripted(step.action().get(), step);
            }
        }
        return new ScenarioRun(policy.name(), played, outcome());
    }

    private void scripted(Label label, Scenario.ScriptStep step) throws IOException {
        if (label.action().equals("WriteBackClear")) {
            ahead.clear();
        }
        boolean waits = label.action().equals("Store") && !mirror.prepare(label).enabled();
        if (waits) {
            endWrite(label);
        }
        perform(label, waits ? waited(label, step) : step);
    }

    /** The write that a store waits for goes on to its end. */
    private void endWrite(Label store) throws IOException {
        Scenario.ScriptStep meanwhile = new Scenario.ScriptStep(Optional.empty(), Optional.of("goes on"), Optional.empty(),
                List.of(), false);
        while (!mirror.prepare(store).enabled()) {
            int before = played.size();
            if (!first(ENDS_WRITE, meanwhile)) {
                throw new IllegalStateException("scenario " + scenario.name() + ": nothing ends what " + store + " waits for");
            }
            ahead.add(played.get(before).label());
        }
    }

    private static Scenario.ScriptStep waited(Label store, Scenario.ScriptStep step) {
        String says = WAITED + step.says().orElse(Meaning.of(store).sentence());
        return new Scenario.ScriptStep(step.action(), step.driver(), Optional.of(says), step.seed(), step.harm());
    }

    private void driver(Scenario.ScriptStep step) throws IOException {
        switch (step.driver().orElseThrow()) {
            case "goes on" -> whilePossible(GOES_ON, step);
            case "marks clean what it may" -> {
                first(MARKS, step);
                whilePossible(GOES_ON, step);
                first(MARKS, step);
            }
            case "resyncs" -> {
                whilePossible(GOES_ON, step);
                resynced += first(RESYNCS, step) ? 1 : 0;
                whilePossible(GOES_ON, step);
            }
            default -> throw new IllegalArgumentException("scenario " + scenario.name() + ": the driver does not know how to "
                    + step.driver().get());
        }
    }

    private void whilePossible(List<Label> labels, Scenario.ScriptStep step) throws IOException {
        boolean more = true;
        while (more) {
            more = first(labels, step);
        }
    }

    private boolean first(List<Label> labels, Scenario.ScriptStep step) throws IOException {
        for (Label label : labels) {
            if (mirror.prepare(label).enabled()) {
                perform(label, step);
                return true;
            }
        }
        return false;
    }

    private void perform(Label label, Scenario.ScriptStep step) throws IOException {
        if (label.action().equals("PowerCut")) {
            // Every device keeps what was last written to it: no less than the mail assumes.
            DiskImage left = newest();
            mirror.prepare(label).perform();
            mirror.load(left);
        } else {
            mirror.prepare(label).perform();
        }
        note(label, step);
        if (label.action().equals("Read")) {
            fsckSawIt = Ext2Bitmap.allocate(mirror.bytes(Mirror.SOURCE, 0)) > Ext2Bitmap.allocate(before());
        }
        if (label.action().equals("Restart") && played.size() > 1) {
            bitAfterCrash = played.get(played.size() - 1).bit();
        }
    }

    private DiskImage newest() throws IOException {
        DiskImage killed = mirror.image();
        return mirror.cut(killed, mirror.legsOf(killed), mirror.logOf(killed));
    }

    private void note(Label label, Scenario.ScriptStep step) throws IOException {
        Map<String, Long> codes = new LinkedHashMap<>();
        Map<String, Value> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            long code = variable.observe(mirror);
            codes.put(variable.name(), code);
            values.put(variable.name(), variable.decode(code));
        }
        Meaning meaning = Meaning.of(label);
        boolean scripted = step.action().isPresent();
        played.add(new PlayedStep(played.size() + 1, label, meaning.actor(),
                scripted ? step.says().orElse(meaning.sentence()) : meaning.sentence(),
                scripted || label.action().equals("CertifyEnd") ? step.seed() : List.of(), meaning.shortName(),
                List.of(shown(0), shown(1)), page(values), mirror.isDown() ? null : at(values.get("state")),
                bit(values) ? "clean" : "dirty", step.harm() && !shown(0).equals(shown(1)), codes));
    }

    private String shown(int leg) throws IOException {
        return hex(mirror.bytes(leg, 0));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, SHOWN_BYTES);
    }

    private String page(Map<String, Value> values) {
        Value content = ((FunctionValue) values.get("page")).entries().get(ZERO);
        int value = (int) ((IntValue) content).value();
        if (value < 0) {
            return null;
        }
        byte[] bytes = new byte[SHOWN_BYTES];
        mirror.blocks().bytes(0, value).get(bytes);
        return hex(bytes);
    }

    private static String at(Value function) {
        return ((StringValue) ((FunctionValue) function).entries().get(ZERO)).value();
    }

    private static boolean bit(Map<String, Value> values) {
        Value now = ((RecordValue) values.get("log")).fields().get("now");
        return ((BoolValue) ((FunctionValue) now).entries().get(ZERO)).value();
    }

    private Outcome outcome() throws IOException {
        byte[] leg0 = mirror.bytes(0, 0);
        byte[] leg1 = mirror.bytes(1, 0);
        return new Outcome(Arrays.equals(leg0, leg1), bitAfterCrash, hex(leg0), hex(leg1), Arrays.mismatch(leg0, leg1),
                resynced, Ext2Bitmap.allocate(before()), fsckSawIt, Ext2Bitmap.allocate(leg1));
    }

    private byte[] before() {
        byte[] before = new byte[Size.BLOCK_BYTES];
        mirror.blocks().bytes(0, 0).get(before);
        return before;
    }
}
