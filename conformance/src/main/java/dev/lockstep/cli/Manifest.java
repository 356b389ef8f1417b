package dev.lockstep.cli;

import java.io.IOException;
import java.util.List;

/**
 * The file {@code manifest.json} beside a spec: modules and models in the form of the repository tlaplus/Examples, so
 * that its readers and tools understand them.
 *
 * @param sources where the spec's subject is described
 * @param authors who wrote it
 * @param tags for whom it is
 * @param modules by ascending name
 */
record Manifest(List<String> sources, List<String> authors, List<String> tags, List<Module> modules) {
    static final String FILE = "manifest.json";
    private static final String LIVENESS = "MCLiveness";
    private static final String SOURCE = "dm-devel, 2008: Desynchronizing dm-raid1";

    /**
     * A module and the models whose root it is.
     *
     * @param path from the top of the repository
     * @param features uncommon parts of the language that it uses
     */
    record Module(String path, List<String> features, List<Judged> models) {
    }

    /**
     * A model.
     *
     * @param path its configuration file, from the top of the repository
     * @param runtime hours, minutes, seconds within which it is judged
     * @param mode how
     * @param result {@code success}, {@code safety failure} or {@code liveness failure}
     * @param distinctStates see {@link Pin}
     * @param totalStates see {@link Pin}
     * @param stateDepth see {@link Pin#depth}
     */
    record Judged(String path, String runtime, String mode, String result, long distinctStates, long totalStates,
            int stateDepth) {
    }

    /** Returns the manifest of a spec whose models are pinned. */
    static Manifest of(SpecFolder spec, Pins pins) throws IOException {
        List<Module> modules = spec.modules().stream()
                .map(module -> new Module(path(module + ".tla"), List.of(), models(module, pins))).toList();
        return new Manifest(List.of(SOURCE), List.of("The Lockstep maintainers"), List.of("intermediate"), modules);
    }

    private static List<Judged> models(String module, Pins pins) {
        return pins.models().stream().filter(pin -> pin.module().equals(module)).map(Manifest::judged).toList();
    }

    private static Judged judged(Pin pin) {
        return new Judged(path(pin.name() + ".cfg"), "00:00:30", "exhaustive search",
                pin.holds() ? "success" : pin.module().equals(LIVENESS) ? "liveness failure" : "safety failure", pin.distinctStates(), pin.totalStates(), pin.depth());
    }

    private static String path(String file) {
        return "spec/" + file;
    }
}
