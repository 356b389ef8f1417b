package dev.lockstep.tlc.inside;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import util.FilenameToStream;

/**
 * Finds modules for TLC: in the folder of the spec, or among the standard modules, which it unpacks into a folder of
 * this run. TLC's own resolver would unpack them into the JVM's temporary folder, where runs fight over them and leave
 * them behind.
 */
final class SpecResolver implements FilenameToStream {
    private static final String STANDARD_MODULES = "tla2sany/StandardModules/";
    private static final String SUFFIX = ".tla";

    private final Path spec;
    private final Path unpacked;

    SpecResolver(Path spec, Path unpacked) {
        this.spec = spec;
        this.unpacked = unpacked;
    }

    @Override
    public File resolve(String name, boolean isModule) {
        String file = isModule && !name.endsWith(SUFFIX) ? name + SUFFIX : name;
        Path own = spec.resolve(file);
        if (Files.exists(own)) {
            return new TLAFile(own.toString(), false, this);
        }
        Path standard = unpacked.resolve(file);
        if (!Files.exists(standard)) {
            unpack(file, standard);
        }
        return new TLAFile(Files.exists(standard) ? standard.toString() : own.toString(), Files.exists(standard), this);
    }

    @Override
    public String getFullPath() {
        return spec.toString();
    }

    @Override
    public boolean isStandardModule(String module) {
        return resolve(module, true).getAbsoluteFile().toPath().startsWith(unpacked);
    }

    private static void unpack(String file, Path to) {
        try (InputStream in = SpecResolver.class.getClassLoader().getResourceAsStream(STANDARD_MODULES + file)) {
            if (in != null) {
                Files.copy(in, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the standard module " + file + " cannot be unpacked", e);
        }
    }
}
