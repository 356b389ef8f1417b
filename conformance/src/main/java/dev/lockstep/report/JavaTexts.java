package dev.lockstep.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The sources of the classes that are spoken of, by simple name. */
final class JavaTexts {
    /** The packages of the implementation, where a class is looked for. */
    private static final List<String> PACKAGES = List.of("region", "store", "log", "volume", "cache");

    private final Map<String, JavaSource> sources = new LinkedHashMap<>();

    /** Reads the sources of these classes, as far as they are packed. */
    JavaTexts(TextSource source, Collection<String> classes) {
        for (String name : classes) {
            for (String inPackage : PACKAGES) {
                String path = "dev/lockstep/" + inPackage + "/" + name + ".java";
                source.text("sources/" + path).ifPresent(text ->
                        sources.putIfAbsent(name, new JavaSource(name, path, text.lines().toList())));
            }
        }
    }

    List<JavaSource> sources() {
        return List.copyOf(sources.values());
    }

    Optional<JavaSource> source(String className) {
        return Optional.ofNullable(sources.get(className));
    }

    /** Returns the anchor of a method given as {@code RegionMachine.submit}, if the class has it. */
    Optional<String> anchor(String method) {
        String className = className(method);
        OptionalInt line = source(className)
                .map(found -> found.method(method.substring(method.lastIndexOf('.') + 1)))
                .orElse(OptionalInt.empty());
        return line.isEmpty() ? Optional.empty() : Optional.of(Anchors.java(className, line.getAsInt()));
    }

    /** Returns the anchor of a line, if the class has it. */
    Optional<String> anchor(String className, long line) {
        return source(className).filter(found -> line >= 1 && line <= found.lines().size())
                .map(found -> Anchors.java(className, line));
    }

    /** Returns {@code RegionMachine} of {@code RegionMachine.submit}, also where a package stands before it. */
    static String className(String method) {
        int end = method.lastIndexOf('.');
        return end < 0 ? method : method.substring(method.lastIndexOf('.', end - 1) + 1, end);
    }
}
