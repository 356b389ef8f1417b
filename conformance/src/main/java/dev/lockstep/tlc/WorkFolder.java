package dev.lockstep.tlc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fresh temporary folder for one run of TLC: copies of the modules, the configuration, and a place for all that TLC
 * leaves behind. TLC works on copies because it writes beside the spec, and names its own folders by the second only.
 */
final class WorkFolder implements AutoCloseable {
    private final Path root;

    private WorkFolder(Path root) {
        this.root = root;
    }

    static WorkFolder prepare(Model model) {
        WorkFolder folder = empty();
        try {
            try (DirectoryStream<Path> modules = Files.newDirectoryStream(model.directory(), "*.tla")) {
                for (Path module : modules) {
                    Files.copy(module, folder.spec().resolve(module.getFileName().toString()));
                }
            }
            Files.writeString(folder.spec().resolve(model.configurationFile()), model.configuration());
            return folder;
        } catch (IOException e) {
            folder.close();
            throw failure(e);
        }
    }

    /** Returns a folder for a run that is not given a model: its spec comes from elsewhere. */
    static WorkFolder empty() {
        WorkFolder folder = null;
        try {
            folder = new WorkFolder(Files.createTempDirectory(prefix()));
            for (Path path : List.of(folder.spec(), folder.states(), folder.temporary())) {
                Files.createDirectory(path);
            }
            return folder;
        } catch (IOException e) {
            if (folder != null) {
                folder.close();
            }
            throw failure(e);
        }
    }

    private static TlcException failure(IOException cause) {
        return new TlcException("a temporary folder for TLC could not be made: " + cause, cause);
    }

    /** How the names of this JVM's folders begin: should one be left behind, it tells by whom. */
    static String prefix() {
        return "lockstep-tlc-" + ProcessHandle.current().pid() + "-";
    }

    /** Where the modules and the configuration are: the working directory of TLC. */
    Path spec() {
        return root.resolve("spec");
    }

    /** Where TLC keeps states. */
    Path states() {
        return root.resolve("states");
    }

    /** Where TLC unpacks its standard modules. */
    Path temporary() {
        return root.resolve("temporary");
    }

    /** What TLC printed. */
    Path output() {
        return root.resolve("output.txt");
    }

    /** Deletes the folder with all that is in it; does nothing if it is gone. */
    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody was faster: the hook that runs when the JVM is told to end.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + root + " could not be removed", e);
        }
    }
}
