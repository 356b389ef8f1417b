package dev.lockstep.tlc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What TLC is to check: a module and a configuration of it.
 *
 * @param name what users call the model; its configuration is called {@code NAME.cfg} in messages
 * @param directory the folder with the module and with every module that it uses, standard ones excepted; only its
 *     {@code .tla} files are read, and nothing is ever written there
 * @param module name of the root module, without {@code .tla}
 * @param configuration the text of TLC's configuration file
 */
public record Model(String name, Path directory, String module, String configuration) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final String CONFIGURATION_SUFFIX = ".cfg";

    /**
     * Checks that the module is there.
     *
     * @throws SpecException if it is not, or if a name cannot be that of a file
     */
    public Model {
        Objects.requireNonNull(configuration, "configuration");
        if (!FILE_NAME.matcher(name).matches()) {
            throw new SpecException("\"" + name + "\" cannot name a model: letters, digits, _ . and - were expected");
        }
        if (!FILE_NAME.matcher(module).matches() || !Files.isRegularFile(directory.resolve(module + ".tla"))) {
            throw new SpecException("there is no module " + module + " in " + directory + ": "
                    + directory.resolve(module + ".tla") + " was expected");
        }
    }

    /**
     * Returns the model that a configuration file makes of a module; it is called as the file is, without {@code .cfg}.
     *
     * @param directory see {@link #directory}
     * @param module see {@link #module}
     * @param configuration a file, anywhere
     * @throws SpecException if there is no such file or module
     */
    public static Model read(Path directory, String module, Path configuration) {
        String file = String.valueOf(configuration.getFileName());
        String name = file.endsWith(CONFIGURATION_SUFFIX)
                ? file.substring(0, file.length() - CONFIGURATION_SUFFIX.length()) : file;
        try {
            return new Model(name, directory, module, Files.readString(configuration));
        } catch (IOException e) {
            throw new SpecException("the configuration " + configuration + " cannot be read", e);
        }
    }

    /** Returns the name of the configuration file, {@code NAME.cfg}. */
    public String configurationFile() {
        return name + CONFIGURATION_SUFFIX;
    }
}
