package dev.lockstep.report;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The source of a class.
 *
 * @param name its simple name
 * @param path as {@code dev/lockstep/region/RegionMachine.java}
 */
record JavaSource(String name, String path, List<String> lines) {
    /** Words that can stand before a call as a type stands before a declaration. */
    private static final Pattern STATEMENT = Pattern.compile("^\\s*(return|new|throw|else|assert|case|yield)\\b.*");

    /** Returns the line, from 1, on which a method's declaration names it. */
    OptionalInt method(String method) {
        Pattern declaration = Pattern.compile(
                "^\\s+(@\\w+\\s+)*[A-Za-z][\\w<>\\[\\],.? ]*\\s+" + Pattern.quote(method) + "\\(.*");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (declaration.matcher(line).matches() && !STATEMENT.matcher(line).matches()) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }
}
