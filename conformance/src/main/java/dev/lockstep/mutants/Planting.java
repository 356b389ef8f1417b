package dev.lockstep.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Puts a mutant's edits into the real source and compiles what they touch. */
public final class Planting {
    private static final String SOURCES = "dev/lockstep/sources/";

    private Planting() {
    }

    /**
     * Compiles a mutant.
     *
     * @param mutant  the mutant
     * @param folder  an empty folder, for source and classes
     * @param classes where the other classes are
     * @return the folder with the mutant's classes
     * @throws IOException if an edit does not fit the source, or what it makes does not compile: the catalogue is out of date
     */
    static Path plant(Mutant mutant, Path folder, String classes) throws IOException {
        Map<String, String> sources = sources(mutant);
        Path out = Files.createDirectory(folder.resolve("classes"));
        Path in = Files.createDirectory(folder.resolve("source"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = in.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        compile(mutant, files, out, classes);
        return out;
    }

    /**
     * Puts a mutant's edits into the source.
     *
     * @return file to what is in it then, of each file that is edited
     * @throws IOException if an edit does not fit the source
     */
    static Map<String, String> sources(Mutant mutant) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Mutant.Edit edit : mutant.edits()) {
            String source = sources.containsKey(edit.file()) ? sources.get(edit.file()) : source(edit.file());
            int first = source.indexOf(edit.from());
            if (first < 0 || source.indexOf(edit.from(), first + 1) >= 0) {
                throw new IOException("mutant " + mutant.id() + ": its piece of " + edit.file()
                        + " has to stand there exactly once, and does not");
            }
            sources.put(edit.file(), source.replace(edit.from(), edit.to()));
        }
        return sources;
    }

    /**
     * {@return what is in a source of the mirror}
     *
     * @param file the source, from its root on
     * @throws IOException if there is no such source
     */
    public static String source(String file) throws IOException {
        try (InputStream in = Planting.class.getClassLoader().getResourceAsStream(SOURCES + file)) {
            if (in == null) {
                throw new IOException("the source " + file + " is not at hand");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void compile(Mutant mutant, List<Path> files, Path out, String classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new NoCompilerException();
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(messages, manager, null,
                    List.of("-d", out.toString(), "-cp", classes, "-proc:none", "--release", "17"), null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
            if (!compiled) {
                throw new IOException("mutant " + mutant.id() + " does not compile: " + messages);
            }
        }
    }
}
