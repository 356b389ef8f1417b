package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A module of the specification. */
record SpecModule(String name, List<String> lines) {
    private static final Pattern EXTENDS = Pattern.compile("^EXTENDS\\s+(.*)$");

    static SpecModule of(String name, String text) {
        return new SpecModule(name, text.lines().toList());
    }

    /** Returns the modules that this one extends. */
    List<String> extended() {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = EXTENDS.matcher(line);
            if (matcher.matches()) {
                for (String extended : matcher.group(1).split(",")) {
                    names.add(extended.strip());
                }
            }
        }
        return names;
    }

    /** Returns the line, from 1, on which a name is defined at the top of the module. */
    OptionalInt definition(String defined) {
        Pattern pattern = Pattern.compile("^" + Pattern.quote(defined) + "\\s*(\\([^=]*\\))?\\s*==.*");
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }
}
