package dev.lockstep.tlc;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Counts the initial states of a model as TLC does otherwise, by an ordinary run of it that goes no further. The server of the
 * distributed mode tells only how many of them are distinct; of those that are alike by a symmetry it tells one.
 */
final class InitialStates {
    private static final String MODULE = "LockstepInitialStates";
    private static final String NOWHERE = "LockstepNowhere";

    private final Model model;
    private final DistributedSettings settings;
    private final WorkFolder folder;

    /**
     * Prepares the run.
     *
     * @param folder copies of the modules, to which one is added
     */
    InitialStates(Model model, DistributedSettings settings, WorkFolder folder) {
        this.model = model;
        this.settings = settings;
        this.folder = folder;
    }

    /** Returns how many initial states are generated, repetitions included. */
    long count() {
        // To TLC no constraint may be a constant.
        String text = "---- MODULE " + MODULE + " ----\nEXTENDS " + model.module() + "\n" + NOWHERE + " == ENABLED FALSE\n====\n";
        try {
            Files.writeString(folder.spec().resolve(MODULE + ".tla"), text);
        } catch (IOException e) {
            throw new TlcException("model " + model.name() + ": its initial states cannot be counted: " + e, e);
        }
        String configuration = new Configuration(model.configuration()).withoutJudgement() + "\nCONSTRAINT " + NOWHERE + "\n";
        return new TlcRun(new RunSettings(settings.tlc(), settings.timeout(), false))
                .check(new Model(model.name(), folder.spec(), MODULE, configuration), 1).totalStates();
    }
}
