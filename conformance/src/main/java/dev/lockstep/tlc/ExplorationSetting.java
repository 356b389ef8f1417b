package dev.lockstep.tlc;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * What every exploration by TLC is given.
 *
 * @param spec          folder with modules and configuration
 * @param module        name of the root module
 * @param configuration name of the configuration file, without {@code .cfg}
 * @param states        empty folder for TLC's states
 * @param temporary     empty folder for standard modules
 * @param output        where TLC prints to, in tool mode
 * @param cancelled     asked at each step whether to give up
 */
public record ExplorationSetting(Path spec, String module, String configuration, Path states, Path temporary, PrintStream output,
        BooleanSupplier cancelled) {

    /** That of a model whose files are in a folder. */
    static ExplorationSetting of(Model model, WorkFolder folder, PrintStream output, BooleanSupplier cancelled) {
        return new ExplorationSetting(folder.spec(), model.module(), model.name(), folder.states(), folder.temporary(), output, cancelled);
    }
}
