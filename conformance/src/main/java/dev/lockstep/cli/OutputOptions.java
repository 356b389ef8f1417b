package dev.lockstep.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every verb has. */
final class OutputOptions {
    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/lockstep",
            description = "Folder for the result, a JSON file (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Print the JSON result instead of text.")
    private boolean json;

    ResultFolder folder() {
        return new ResultFolder(out);
    }

    boolean json() {
        return json;
    }
}
