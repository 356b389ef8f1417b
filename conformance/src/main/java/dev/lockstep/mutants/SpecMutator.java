package dev.lockstep.mutants;

import dev.lockstep.mutants.ModuleText.Span;
import dev.lockstep.mutants.SpecMutant.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the mutants of a module: of every action that {@code Next} names, and of every definition with primes that they use,
 * each with one conjunct of a guard dropped or negated, or with one update dropped. A guard is a conjunct that says nothing of
 * the state after the step. Where a guard is a disjunction or a quantification, the conjuncts in it have mutants too.
 *
 * <p>Ids count the guards of a definition from 1 on, those inside of guard 2 as 2.1, 2.2; updates go by their variable, with a
 * number from the second one on.
 */
public final class SpecMutator {
    private static final String NEXT = "Next";
    private static final Pattern APPLICATION = Pattern.compile("(\\w+)(\\([^()]*\\))?");
    private static final String NEGATION = "~(";

    private final ModuleText module;
    private final Expressions expressions;
    private final Set<String> steps;
    private final List<SpecMutant> mutants = new ArrayList<>();

    private SpecMutator(String text) {
        module = ModuleText.of(text);
        expressions = new Expressions(module);
        steps = module.steps();
    }

    /**
     * {@return the mutants of a module, in the order of its text}
     *
     * @param text the module
     * @throws IllegalArgumentException if it does not define {@code Next}
     */
    public static List<SpecMutant> mutants(String text) {
        SpecMutator mutator = new SpecMutator(text);
        mutator.mutate();
        return List.copyOf(mutator.mutants);
    }

    private void mutate() {
        Span next = module.definitions().get(NEXT);
        if (next == null) {
            throw new IllegalArgumentException("the module does not define " + NEXT);
        }
        Map<String, Set<String>> actionsThatUse = new HashMap<>();
        for (String action : actions(next)) {
            actionsThatUse.computeIfAbsent(action, each -> new LinkedHashSet<>()).add(action);
            module.used(action).stream().filter(steps::contains)
                    .forEach(used -> actionsThatUse.computeIfAbsent(used, each -> new LinkedHashSet<>()).add(action));
        }
        module.definitions().forEach((name, body) -> {
            if (actionsThatUse.containsKey(name)) {
                new Definition(name, actionsThatUse.get(name)).expression(body);
            }
        });
    }

    /** The actions that a disjunction of them names, or of groups of them. */
    private Set<String> actions(Span disjunction) {
        Set<String> actions = new LinkedHashSet<>();
        for (String name : module.words(disjunction)) {
            if (steps.contains(name)) {
                Span body = module.definitions().get(name);
                if (isGroup(body)) {
                    actions.addAll(actions(body));
                } else {
                    actions.add(name);
                }
            }
        }
        return actions;
    }

    /** Whether it only names others, one of which is to be taken. */
    private boolean isGroup(Span given) {
        if (expressions.conjuncts(given).size() != 1) {
            return false;
        }
        List<Span> parts = new ArrayList<>(expressions.disjuncts(given));
        expressions.quantified(given).ifPresent(parts::add);
        if (!parts.isEmpty()) {
            return parts.stream().allMatch(this::isGroup);
        }
        Span named = expressions.trimmed(given);
        Matcher application = APPLICATION.matcher(module.text().substring(named.from(), named.to()));
        return application.matches() && steps.contains(application.group(1));
    }

    /** The mutants of one definition. */
    private final class Definition {
        private final String name;
        private final Set<String> actions;
        private final Map<String, Integer> updates = new HashMap<>();
        private int guards;

        Definition(String name, Set<String> actions) {
            this.name = name;
            this.actions = actions;
        }

        void expression(Span given) {
            for (Span conjunct : expressions.conjuncts(given)) {
                if (!module.takesStep(conjunct, steps)) {
                    guard(conjunct);
                } else {
                    step(conjunct);
                }
            }
        }

        /** What speaks of the next state, and is no conjunction: something with expressions in it, or an update. */
        private void step(Span conjunct) {
            List<Span> parts = new ArrayList<>(expressions.disjuncts(conjunct));
            parts.addAll(expressions.branches(conjunct));
            expressions.quantified(conjunct).ifPresent(parts::add);
            parts.forEach(this::expression);
            if (parts.isEmpty()) {
                expressions.assigned(conjunct).ifPresent(variable -> update(conjunct, variable));
            }
        }

        private void guard(Span conjunct) {
            guards++;
            guard(conjunct, name + ".guard" + guards);
        }

        private void guard(Span given, String id) {
            Span guard = expressions.trimmed(given);
            add(id, Kind.DROP_GUARD, guard, padded("TRUE", guard));
            add(id, Kind.NEGATE_GUARD, guard, negated(guard));
            inside(guard, id, 0);
        }

        /** The conjuncts in a guard; returns how many there are by now. */
        private int inside(Span guard, String id, int before) {
            List<Span> parts = new ArrayList<>(expressions.disjuncts(guard));
            expressions.quantified(guard).ifPresent(parts::add);
            int count = before;
            for (Span part : parts) {
                List<Span> conjuncts = expressions.conjuncts(part);
                if (conjuncts.size() == 1) {
                    count = inside(conjuncts.get(0), id, count);
                } else {
                    for (Span conjunct : conjuncts) {
                        count++;
                        guard(conjunct, id + "." + count);
                    }
                }
            }
            return count;
        }

        private void update(Span given, String variable) {
            int number = updates.merge(variable, 1, Integer::sum);
            Span update = expressions.trimmed(given);
            add(name + ".update." + variable + (number == 1 ? "" : "." + number), Kind.DROP_UPDATE, update,
                    padded(variable + "' = " + variable, update));
        }

        private void add(String id, Kind kind, Span piece, String after) {
            String text = module.text();
            String before = text.substring(piece.from(), piece.to());
            if (!oneLine(before).equals(oneLine(after))) {
                String mutated = text.substring(0, piece.from()) + after + text.substring(piece.to());
                mutants.add(new SpecMutant(id + "." + kind.word(), name, actions, kind, module.line(piece.from()), oneLine(before),
                        oneLine(after), guardsLeft(piece), dropped(kind, piece), mutated));
            }
        }

        private Optional<SpecMutant.Edit> dropped(Kind kind, Span piece) {
            return kind == Kind.DROP_UPDATE ? Optional.empty()
                    : Optional.of(new SpecMutant.Edit(piece.from(), piece.to(), padded("TRUE", piece)));
        }

        private Map<String, List<String>> guardsLeft(Span piece) {
            Map<String, List<String>> left = new HashMap<>();
            for (String action : actions) {
                left.put(action, expressions.conjuncts(module.definitions().get(action)).stream()
                        .filter(each -> !module.takesStep(each, steps))
                        .filter(each -> piece.to() <= each.from() || each.to() <= piece.from()).map(expressions::trimmed)
                        .map(each -> oneLine(module.text().substring(each.from(), each.to()))).toList());
            }
            return left;
        }

        /** As long as what was there, so that what follows on the line keeps its column: lists are held together by theirs. */
        private String padded(String after, Span piece) {
            boolean oneLine = module.line(piece.from()) == module.line(piece.to());
            return oneLine ? after + " ".repeat(Math.max(0, piece.to() - piece.from() - after.length())) : after;
        }

        /** Every line of the guard moves by as much, so that a list in it is still one. */
        private String negated(Span guard) {
            String text = module.text().substring(guard.from(), guard.to());
            return NEGATION + text.replace("\n", "\n" + " ".repeat(NEGATION.length())) + ")";
        }
    }

    /** The comments in it are left out. */
    private static String oneLine(String piece) {
        return piece.lines().map(line -> line.replaceFirst("\\\\\\*.*", "").strip()).filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
