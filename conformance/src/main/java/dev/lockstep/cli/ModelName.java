package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the name of a model says: {@code MODULE_Policy_Variant_Property}. Where there is no policy it is {@code
 * MODULE_Property} or {@code MODULE_WithoutX_Property}.
 *
 * @param name the whole, which is the name of its configuration file without {@code .cfg}
 * @param module the module that TLC is given
 * @param policy empty if the model is of no policy
 * @param variant {@code Mmap}, {@code WithoutX}; empty if there is none
 * @param property what is judged
 */
record ModelName(String name, String module, String policy, String variant, String property) {
    static ModelName of(Path configuration) {
        return of(configuration.getFileName().toString().replaceFirst("\\.cfg$", ""));
    }

    static ModelName of(String name) {
        String[] parts = name.split("_");
        int last = parts.length - 1;
        boolean ofPolicy = last > 1 && !parts[1].startsWith("Without");
        int variant = Math.min(ofPolicy ? 2 : 1, last);
        return new ModelName(name, parts[0], ofPolicy ? parts[1] : "",
                String.join("_", Arrays.copyOfRange(parts, variant, last)), parts[last]);
    }
}
