package dev.lockstep.sut;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The variables of Mirror.tla as they are observed of a driven mirror: all that is on its devices or in the page cache above it, both of which
 * the rig has. What it has in its own memory nobody looks into: that shows in what it wants, which is compared with what the model can do
 * in every state.
 */
public final class DrivenVariables {
    private static final String OWN = "the mirror's own affair: it shows in what the mirror wants";
    private static final String FREES = "no block is freed where a driven mirror is replayed";
    private static final String FAILS = "no leg fails where a driven mirror is replayed";

    private DrivenVariables() {
    }

    /**
     * {@return the variables that are compared, in the order of Mirror.tla}
     *
     * @param size the model's size
     */
    public static List<Variable> of(Size size) {
        Map<String, Variable.ObservationOf<DrivenMirror>> observations = observations(size);
        List<Variable> variables = new ArrayList<>();
        for (Variable own : Variables.of(size)) {
            if (observations.containsKey(own.name())) {
                variables.add(own.on(DrivenMirror.class, observations.get(own.name())));
            }
        }
        return List.copyOf(variables);
    }

    /** {@return the variables that are not compared, each with the reason} */
    public static Map<String, String> unobserved() {
        Set<String> observed = observations(Size.SMALLEST).keySet();
        return Variables.of(Size.SMALLEST).stream().map(Variable::name).filter(name -> !observed.contains(name))
                .collect(Collectors.toMap(name -> name, DrivenVariables::reason));
    }

    private static String reason(String variable) {
        return switch (variable) {
            case "owned", "ownedMay" -> FREES;
            case "out", "source", "knownBlank", "recordIo", "recordSince", "late" -> FAILS;
            case "slot" -> "how far a write is is " + OWN + ", and in what reaches the legs";
            case "logIo" -> "where the log's writer is is " + OWN + ", and in the log's flush under way";
            case "legFlush" -> "where a round is is " + OWN + ", and in the legs' flushes under way";
            default -> OWN;
        };
    }

    private static Map<String, Variable.ObservationOf<DrivenMirror>> observations(Size size) {
        DeviceCodes devices = new DeviceCodes(size);
        int blocks = size.blocks();
        Map<String, Variable.ObservationOf<DrivenMirror>> of = new LinkedHashMap<>();
        of.put("mode", mirror -> mirror.mode().ordinal());
        of.put("page", mirror -> pages(mirror, blocks));
        of.put("pageDirty", mirror -> DriverCodes.bits(blocks, mirror.pages()::dirty));
        of.put("changing", mirror -> DriverCodes.bits(blocks, mirror.pages()::changing));
        of.put("syncDirty", mirror -> DriverCodes.bits(blocks, mirror.pages()::syncDirty));
        of.put("syncWait", mirror -> DriverCodes.bits(blocks, mirror.pages()::syncWait));
        of.put("leg", mirror -> devices.legs(mirror.devices()));
        of.put("log", mirror -> devices.log(mirror.devices()));
        of.put("gone", mirror -> mirror.devices().gone());
        of.put("record", mirror -> mirror.devices().recorded().out() | (long) mirror.devices().recorded().source() << size.legs());
        of.put("blank", mirror -> mirror.devices().blank());
        return of;
    }

    private static long pages(DrivenMirror mirror, int blocks) {
        long code = 0;
        for (int block = 0; block < blocks; block++) {
            code |= CacheCodes.content(mirror.devices(), block, mirror.pages().page(block)) << block * CacheCodes.CONTENT.bits();
        }
        return code;
    }
}
