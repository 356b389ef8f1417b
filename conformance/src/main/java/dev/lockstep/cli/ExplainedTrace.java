package dev.lockstep.cli;

import dev.lockstep.report.Drawing;
import dev.lockstep.scenario.Lanes;
import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A trace, told: the body of {@code explain.json}.
 *
 * @param name     the trace's id, after a word that says what it is
 * @param title    null: a trace has none
 * @param about    what it is of, a sentence
 * @param trace    the trace's id
 * @param policy   its policy
 * @param size     its size
 * @param specHash the spec that it was taken from
 * @param lanes    who takes part
 * @param steps    the first is the state in which it begins
 * @param loop     null: a trace is finite
 */
record ExplainedTrace(String name, String title, String about, String trace, String policy, String size, String specHash,
        List<String> lanes, List<ToldStep> steps, String loop) {
    private static final String ENDING = ".itf.json";

    /** Returns whether a name is meant to be a trace's: the first digits of an id, or a file's. */
    static boolean isMeant(String name) {
        return name.matches("[0-9a-f]{6,16}") || isFile(name);
    }

    private static boolean isFile(String name) {
        return name.endsWith(".json") || name.contains("/");
    }

    /**
     * Explains a trace.
     *
     * @param name    a file, or the first digits of the id of one among the results
     * @param results where traces are kept
     * @param spec    what says what its actions stand for
     */
    static VerbResult explain(String name, Path results, SpecFolder spec) throws IOException {
        Trace trace = read(isFile(name) ? Path.of(name) : find(name, results));
        String id = trace.id();
        ExplainedTrace told = new ExplainedTrace("trace-" + id, null, "A behaviour of Mirror.tla of size " + trace.size() + " under "
                + trace.policy() + ", " + trace.steps().size() + " steps.", id, trace.policy(), trace.size(), trace.specHash(),
                Lanes.of(trace.start()), new Teller(spec).tell(trace), null);
        String drawn = Drawing.of(Json.MAPPER.valueToTree(told)).stream().map(Drawing::text).collect(Collectors.joining());
        return VerbResult.of(Ending.AS_EXPECTED, told, "trace " + id + "\n" + told.about() + "\n\n" + drawn);
    }

    private static Path find(String digits, Path results) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(results)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(results, "*" + ENDING)) {
                for (Path file : files) {
                    if (id(file).filter(id -> id.startsWith(digits)).isPresent()) {
                        found.add(file);
                    }
                }
            }
        }
        if (found.size() != 1) {
            throw new UserMistake((found.isEmpty() ? "there is no trace " + digits : "there are " + found.size() + " traces " + digits)
                    + " in " + results + ": the id of one in a file *" + ENDING + " there was expected, or the file");
        }
        return found.get(0);
    }

    /** A file may be of something else, or broken: then it is not the one that is looked for. */
    private static Optional<String> id(Path file) throws IOException {
        try {
            return Optional.of(TraceJson.read(file).id());
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static Trace read(Path file) {
        try {
            return TraceJson.read(file);
        } catch (IOException e) {
            throw new UserMistake("the trace " + file + " cannot be read: " + e, e);
        }
    }
}
