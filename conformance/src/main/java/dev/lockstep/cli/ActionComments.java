package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the comment of an action in Mirror.tla cites: sentences of the mail, and functions of the kernel. */
final class ActionComments {
    private static final Pattern ACTION = Pattern.compile("\\\\\\* ACTION (\\w+):.*");
    private static final Pattern COMMENT = Pattern.compile("\\\\\\*.*");
    private static final Pattern CITED = Pattern.compile("\\b[SI]\\d{1,2}\\b");
    /** In the comments only C has names of small letters with a line between them; one function has a name of one word. */
    private static final Pattern FUNCTION = Pattern.compile("(?<!\\w)_*[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\\w)|(?<=; )recover(?=\\.)");

    private final Map<String, Set<String>> sentences = new LinkedHashMap<>();
    private final Map<String, Set<String>> functions = new LinkedHashMap<>();

    /** Reads a spec's Mirror.tla; where there is none, nothing is cited. */
    ActionComments(SpecFolder spec) throws IOException {
        Path mirror = spec.path().resolve("Mirror.tla");
        String current = null;
        for (String line : Files.exists(mirror) ? Files.readAllLines(mirror) : List.<String>of()) {
            Matcher action = ACTION.matcher(line);
            if (action.matches()) {
                current = action.group(1);
            } else if (!COMMENT.matcher(line).matches()) {
                current = null;
            }
            if (current != null) {
                add(sentences, current, CITED, line);
                add(functions, current, FUNCTION, line);
            }
        }
    }

    private static void add(Map<String, Set<String>> cited, String action, Pattern what, String line) {
        what.matcher(line).results().forEach(found -> cited.computeIfAbsent(action, name -> new LinkedHashSet<>()).add(found.group()));
    }

    /** Returns the ids of the mail's sentences, in the order in which the action's comment cites them. */
    List<String> sentences(String action) {
        return new ArrayList<>(sentences.getOrDefault(action, Set.of()));
    }

    /** Returns the kernel's functions that the action's comment names, in its order. */
    List<String> functions(String action) {
        return new ArrayList<>(functions.getOrDefault(action, Set.of()));
    }
}
