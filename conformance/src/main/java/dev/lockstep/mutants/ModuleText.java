package dev.lockstep.mutants;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TLA+ module as text: its definitions, which of them take steps, and a masked copy in which comments are blank and strings
 * hold nothing that could be taken for TLA+. Both copies have every character in the same place.
 *
 * @param text        the module
 * @param masked      the masked copy
 * @param definitions name to where the definition's body stands, in their order
 */
record ModuleText(String text, String masked, Map<String, Span> definitions) {
    private static final Pattern DEFINITION = Pattern.compile("(?m)^(\\w+)(?:\\([^=]*?\\))? ==");
    private static final Pattern NEXT_AT_THE_MARGIN = Pattern.compile("(?m)^\\S");
    /** Not the A of a quantifier. */
    private static final Pattern WORD = Pattern.compile("(?<![\\\\\\w])\\w+");

    /** A piece of the module: from a character up to and without another. */
    record Span(int from, int to) {
    }

    /** Reads a module, whose definitions begin at the margin, with bodies that do not. */
    static ModuleText of(String text) {
        String masked = mask(text);
        Map<String, Span> definitions = new LinkedHashMap<>();
        Matcher definition = DEFINITION.matcher(masked);
        while (definition.find()) {
            Matcher next = NEXT_AT_THE_MARGIN.matcher(masked);
            int end = next.find(definition.end()) ? next.start() : masked.length();
            definitions.put(definition.group(1), new Span(definition.end(), end));
        }
        return new ModuleText(text, masked, definitions);
    }

    /** Returns the names of the definitions that take steps: they have primes, or say UNCHANGED, or use one that does. */
    Set<String> steps() {
        Set<String> steps = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            Set<String> known = steps;
            List<String> found = definitions.entrySet().stream().filter(each -> !known.contains(each.getKey()))
                    .filter(each -> takesStep(each.getValue(), known)).map(Map.Entry::getKey).toList();
            steps.addAll(found);
            more = !found.isEmpty();
        }
        return steps;
    }

    /** Whether a piece speaks of the state after a step, given the definitions that are known to do so. */
    boolean takesStep(Span span, Set<String> steps) {
        String piece = masked.substring(span.from, span.to);
        return piece.indexOf('\'') >= 0 || words(span).stream().anyMatch(word -> word.equals("UNCHANGED") || steps.contains(word));
    }

    /** Returns the definitions that a definition uses, itself or by way of others. */
    Set<String> used(String definition) {
        Set<String> used = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(definition));
        while (!open.isEmpty()) {
            for (String word : words(definitions.get(open.remove(open.size() - 1)))) {
                if (definitions.containsKey(word) && used.add(word)) {
                    open.add(word);
                }
            }
        }
        return used;
    }

    /** Returns the words of a piece. */
    Set<String> words(Span span) {
        Set<String> words = new LinkedHashSet<>();
        Matcher word = WORD.matcher(masked).useTransparentBounds(true).region(span.from, span.to);
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    /** Returns how far a character is from the beginning of its line. */
    int column(int at) {
        return at - (masked.lastIndexOf('\n', at - 1) + 1);
    }

    /** Returns the number of the line of a character, from 1 on. */
    int line(int at) {
        return 1 + (int) masked.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static String mask(String text) {
        StringBuilder masked = new StringBuilder(text);
        int comments = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.startsWith("(*", at)) {
                comments++;
                blank(masked, at, at + 2, ' ');
                at++;
            } else if (comments > 0) {
                boolean ends = text.startsWith("*)", at);
                comments -= ends ? 1 : 0;
                blank(masked, at, ends ? at + 2 : at + 1, ' ');
                at += ends ? 1 : 0;
            } else if (text.startsWith("\\*", at)) {
                int end = endOfLine(text, at);
                blank(masked, at, end, ' ');
                at = end;
            } else if (text.charAt(at) == '"') {
                int end = endOfString(text, at);
                blank(masked, at + 1, end, '_');
                at = end;
            }
        }
        return masked.toString();
    }

    private static void blank(StringBuilder masked, int from, int to, char with) {
        for (int i = from; i < to; i++) {
            masked.setCharAt(i, masked.charAt(i) == '\n' ? '\n' : with);
        }
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int endOfString(String text, int from) {
        int end = from + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, text.length());
    }
}
