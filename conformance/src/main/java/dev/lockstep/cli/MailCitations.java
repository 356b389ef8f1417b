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

/** Which sentences of the mail the comment of an action in Mirror.tla cites. */
final class MailCitations {
    private static final Pattern ACTION = Pattern.compile("\\\\\\* ACTION (\\w+):.*");
    private static final Pattern COMMENT = Pattern.compile("\\\\\\*.*");
    private static final Pattern CITED = Pattern.compile("\\b[SI]\\d{1,2}\\b");

    private final Map<String, Set<String>> cited = new LinkedHashMap<>();

    /** Reads a spec's Mirror.tla; where there is none, nothing is cited. */
    MailCitations(SpecFolder spec) throws IOException {
        Path mirror = spec.path().resolve("Mirror.tla");
        Set<String> current = null;
        for (String line : Files.exists(mirror) ? Files.readAllLines(mirror) : List.<String>of()) {
            Matcher action = ACTION.matcher(line);
            if (action.matches()) {
                current = cited.computeIfAbsent(action.group(1), name -> new LinkedHashSet<>());
            } else if (!COMMENT.matcher(line).matches()) {
                current = null;
            }
            if (current != null) {
                CITED.matcher(line).results().map(found -> found.group()).forEach(current::add);
            }
        }
    }

    /** Returns the sentences' ids, in the order in which the comment cites them. */
    List<String> of(String action) {
        return new ArrayList<>(cited.getOrDefault(action, Set.of()));
    }
}
