package dev.lockstep.cli;

import dev.lockstep.tlc.TlcVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What is running: Lockstep, the commit that it was built from, TLC, Java. */
final class Versions implements IVersionProvider {
    private static final String UNKNOWN = "unknown";

    @Override
    public String[] getVersion() {
        return new String[] {"lockstep " + lockstep(), "commit " + commit(), TlcVersion.bundled(),
            "Java " + Runtime.version()};
    }

    /** Returns the version of the jar; unknown when the classes are not in one. */
    static String lockstep() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }

    /**
     * Returns the commit's hash, with {@code -dirty} if there were changes beside it; unknown when not built from a
     * repository.
     */
    static String commit() {
        Properties git = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("/git.properties")) {
            if (in != null) {
                git.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = git.getProperty("git.commit.id", UNKNOWN);
        return commit + (Boolean.parseBoolean(git.getProperty("git.dirty")) ? "-dirty" : "");
    }
}
