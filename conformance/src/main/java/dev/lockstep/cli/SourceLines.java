package dev.lockstep.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lockstep.sut.Meaning;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** Where an action stands: in the spec, and in the code that carries it out. */
final class SourceLines {
    private static final String MODULE = "Mirror";

    private SourceLines() {
    }

    /**
     * A place in the spec.
     *
     * @param module the module's name
     * @param line   the line, from 1 on; 0 if it was not found
     */
    record InSpec(String module, int line) {
        @Override
        public String toString() {
            return module + ".tla:" + line;
        }
    }

    /**
     * A place in the code.
     *
     * @param className the class, without its package
     * @param name      the method
     * @param line      the line, from 1 on; 0 if the source is not at hand, as for the rig's own
     */
    record InCode(@JsonProperty("class") String className, String name, int line) {
        @Override
        public String toString() {
            return className + "." + name + (line == 0 ? "" : " (" + className + ".java:" + line + ")");
        }
    }

    /** Finds the definition of an action. */
    static InSpec inSpec(SpecFolder spec, String action) throws IOException {
        List<String> lines = Files.readAllLines(spec.path().resolve(MODULE + ".tla"));
        return new InSpec(MODULE, lineOf(lines, Pattern.compile("^" + action + "(\\(.*\\))? ==.*")));
    }

    /** Finds the method that carries an action out. */
    static InCode inCode(Label label) throws IOException {
        Meaning meaning = Meaning.of(label);
        String source = "dev/lockstep/sources/dev/lockstep/" + meaning.className().replace('.', '/') + ".java";
        String simple = meaning.className().substring(meaning.className().indexOf('.') + 1);
        try (InputStream in = SourceLines.class.getClassLoader().getResourceAsStream(source)) {
            int line = in == null ? 0 : lineOf(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList(),
                    Pattern.compile("^    (public|private) [\\w<>.]+ " + meaning.method() + "\\(.*"));
            return new InCode(simple, meaning.method(), line);
        }
    }

    private static int lineOf(List<String> lines, Pattern pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i + 1;
            }
        }
        return 0;
    }
}
