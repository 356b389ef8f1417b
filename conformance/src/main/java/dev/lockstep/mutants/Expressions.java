package dev.lockstep.mutants;

import dev.lockstep.mutants.ModuleText.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes expressions of a module apart, as far as an action's shape goes: lists of conjuncts and disjuncts, which their
 * columns hold together; the same on one line; LET, IF, quantifiers, parentheses. All else is left whole.
 */
final class Expressions {
    private static final String AND = "/\\";
    private static final String OR = "\\/";
    /** From here on all belongs to what begins here, up to the end of the expression. */
    private static final Pattern TO_THE_END = Pattern.compile("(?:IF|LET|CASE|CHOOSE|LAMBDA)\\b|\\\\[EA]\\b");
    private static final Pattern QUANTIFIER = Pattern.compile("\\\\[EA]\\b");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z_]\\w*)'\\s*(?:=(?!>)|\\\\in\\b)");
    /** These bind less than {@code /\} does. */
    private static final List<String> LOOSE = List.of(OR, "=>", "<=>", "~>");

    private final ModuleText module;
    private final String masked;

    Expressions(ModuleText module) {
        this.module = module;
        this.masked = module.masked();
    }

    /** Returns a piece without the space around it. */
    Span trimmed(Span span) {
        int from = span.from();
        int to = span.to();
        while (from < to && Character.isWhitespace(masked.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(masked.charAt(to - 1))) {
            to--;
        }
        return new Span(from, to);
    }

    /** Returns the conjuncts of an expression, from the outside in; itself if it is no conjunction. */
    List<Span> conjuncts(Span given) {
        Span span = inner(given);
        List<Span> parts = startsWith(span, AND) ? list(span, AND) : inline(span, AND);
        if (parts.size() == 1 && !startsWith(span, AND)) {
            return List.of(span);
        }
        return parts.stream().flatMap(part -> conjuncts(part).stream()).toList();
    }

    /** Returns the disjuncts of an expression; none if it is no disjunction. */
    List<Span> disjuncts(Span given) {
        Span span = inner(given);
        if (startsWith(span, OR)) {
            return list(span, OR);
        }
        List<Span> parts = startsWith(span, AND) ? List.of() : inline(span, OR);
        return parts.size() > 1 ? parts : List.of();
    }

    /** Returns what is quantified. */
    Optional<Span> quantified(Span given) {
        Span span = inner(given);
        if (!QUANTIFIER.matcher(masked).region(span.from(), span.to()).lookingAt()) {
            return Optional.empty();
        }
        int colon = scan(span, at -> masked.charAt(at) == ':');
        return colon < 0 ? Optional.empty() : Optional.of(new Span(colon + 1, span.to()));
    }

    /** Returns the two branches of an IF; none if it is none. */
    List<Span> branches(Span given) {
        Span span = inner(given);
        if (!word(span, span.from(), "IF")) {
            return List.of();
        }
        Span rest = new Span(span.from() + 2, span.to());
        int then = matching(rest, "IF", "ELSE", "THEN");
        int otherwise = matching(rest, "IF", "ELSE", "ELSE");
        return then < 0 || otherwise < 0 ? List.of()
                : List.of(new Span(then + 4, otherwise), new Span(otherwise + 4, span.to()));
    }

    /** Returns what is behind definitions in between, and in parentheses. */
    private Span inner(Span given) {
        Span span = trimmed(given);
        if (word(span, span.from(), "LET")) {
            int in = matching(new Span(span.from() + 3, span.to()), "LET", "IN", "IN");
            return in < 0 ? span : inner(new Span(in + 2, span.to()));
        }
        if (startsWith(span, "(") && closing(span) == span.to() - 1) {
            return inner(new Span(span.from() + 1, span.to() - 1));
        }
        return span;
    }

    private int closing(Span span) {
        int depth = 0;
        for (int at = span.from(); at < span.to(); at++) {
            depth += depth(at);
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }

    /** Where a word stands that belongs to the first of these expressions, and not to one inside; -1 if it does not. */
    private int matching(Span span, String opens, String closes, String sought) {
        int open = 0;
        for (int at = span.from(); at < span.to(); at++) {
            if (open == 0 && word(span, at, sought)) {
                return at;
            }
            open += word(span, at, opens) ? 1 : word(span, at, closes) ? -1 : 0;
        }
        return -1;
    }

    /** The items of a list: each bullet in the column of the first one begins one. */
    private List<Span> list(Span span, String bullet) {
        int column = module.column(span.from());
        List<Span> items = new ArrayList<>();
        int begun = span.from();
        for (int at = masked.indexOf('\n', begun); at >= 0 && at < span.to(); at = masked.indexOf('\n', at + 1)) {
            int first = at + 1 + column;
            if (first < span.to() && masked.startsWith(bullet, first) && masked.substring(at + 1, first).isBlank()) {
                items.add(new Span(begun + bullet.length(), first));
                begun = first;
            }
        }
        items.add(new Span(begun + bullet.length(), span.to()));
        return items;
    }

    /** The parts between operators on one level; the whole, if there is another operator that binds less. */
    private List<Span> inline(Span span, String operator) {
        List<Span> parts = new ArrayList<>();
        int begun = span.from();
        int depth = 0;
        for (int at = span.from(); at < span.to(); at++) {
            depth += depth(at);
            if (depth == 0 && toTheEnd(span, at, begun)) {
                break;
            } else if (depth == 0 && masked.startsWith(operator, at)) {
                parts.add(new Span(begun, at));
                begun = at + operator.length();
                at = begun - 1;
            } else if (depth == 0 && loose(at, operator)) {
                return List.of(span);
            }
        }
        parts.add(new Span(begun, span.to()));
        return parts;
    }

    private boolean loose(int at, String operator) {
        return LOOSE.stream().filter(each -> !each.equals(operator)).anyMatch(each -> masked.startsWith(each, at));
    }

    /** Whether an expression begins here that takes in all the rest; so does a list, at the beginning of a part. */
    private boolean toTheEnd(Span span, int at, int begun) {
        if (TO_THE_END.matcher(masked).region(at, span.to()).useTransparentBounds(true).lookingAt()
                && !isWord(at - 1)) {
            return true;
        }
        boolean bullet = masked.startsWith(AND, at) || masked.startsWith(OR, at);
        return bullet && masked.substring(begun, at).isBlank();
    }

    /** Where something stands outside of all brackets; -1 if it does not. */
    private int scan(Span span, IntPredicate sought) {
        int depth = 0;
        for (int at = span.from(); at < span.to(); at++) {
            depth += depth(at);
            if (depth == 0 && sought.test(at)) {
                return at;
            }
        }
        return -1;
    }

    /** How a character changes the depth of brackets. */
    private int depth(int at) {
        char c = masked.charAt(at);
        if (c == '(' || c == '[' || c == '{' || masked.startsWith("<<", at)) {
            return 1;
        }
        return c == ')' || c == ']' || c == '}' || masked.startsWith(">>", at) ? -1 : 0;
    }

    private boolean startsWith(Span span, String what) {
        return masked.startsWith(what, span.from()) && span.from() + what.length() <= span.to();
    }

    private boolean word(Span span, int at, String word) {
        return masked.startsWith(word, at) && at + word.length() <= span.to() && !isWord(at - 1) && !isWord(at + word.length());
    }

    private boolean isWord(int at) {
        return at >= 0 && at < masked.length() && (Character.isLetterOrDigit(masked.charAt(at)) || masked.charAt(at) == '_');
    }

    /** Returns the variable that a conjunct gives its next value, if it is of the form {@code v' = e} or {@code v' \in S}. */
    Optional<String> assigned(Span given) {
        Matcher update = ASSIGNMENT.matcher(masked).region(given.from(), given.to());
        return update.lookingAt() ? Optional.of(update.group(1)) : Optional.empty();
    }
}
