package dev.lockstep.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One model and one property, judged by TLC.
 *
 * @param policy empty where the model is of no policy
 * @param counterexampleLength states in the counterexample, the initial one included
 * @param unexpected sentences; empty when all is as pinned
 * @param diagram the counterexample, to be drawn; none when it holds
 */
record ModelVerdict(String name, String module, String policy, String property, String claim, String expected,
        String verdict, OptionalLong counterexampleLength, long distinctStates, long totalStates, long depth,
        double seconds, List<String> unexpected, List<CounterexampleState> counterexample, Optional<Diagram> diagram) {
    /** Causes: a store into a mapped page marks it at once; a file system stores into a buffer, then marks it. */
    static final String MMAP = "Mmap";
    static final String STORE_MARK = "StoreMark";
    /** The mail's causes, by the names of the variants in which a policy is judged under each. */
    static final List<String> CAUSES = List.of("Direct", MMAP, "Write", STORE_MARK, "MarkStore");

    static ModelVerdict of(Entry json) {
        return new ModelVerdict(json.text("name"), json.text("module"), json.maybeText("policy").orElse(""),
                json.text("property"), json.maybeText("claim").orElse(""), json.text("expected"), json.text("verdict"),
                json.maybeNumber("counterexampleLength"), json.number("distinctStates"), json.number("totalStates"),
                json.number("depth"), json.decimal("seconds"), json.texts("unexpected"),
                json.list("counterexample", CounterexampleState::of), Diagram.of(json, "counterexample", "back"));
    }

    boolean holds() {
        return verdict.equals("holds");
    }

    boolean asExpected() {
        return unexpected.isEmpty() && verdict.equals(expected);
    }

    /** Returns the steps of the counterexample: one fewer than its states. */
    OptionalLong steps() {
        return counterexampleLength.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(counterexampleLength.getAsLong() - 1);
    }

    /** Returns what the model's name says between module, policy and property: {@code Mmap}, {@code WithoutX}. */
    String variant() {
        String rest = name.startsWith(module + "_") ? name.substring(module.length() + 1) : name;
        if (!policy.isEmpty() && rest.startsWith(policy + "_")) {
            rest = rest.substring(policy.length() + 1);
        }
        if (rest.equals(property)) {
            return "";
        }
        return rest.endsWith("_" + property) ? rest.substring(0, rest.length() - property.length() - 1) : rest;
    }

    /** Returns the variant in words. */
    String variantInWords() {
        String variant = variant();
        return switch (variant) {
            case "Direct" -> "direct";
            case MMAP -> "mmap";
            case "Write" -> "write()";
            case STORE_MARK -> "store, mark";
            case "MarkStore" -> "mark, store";
            default -> variant.startsWith("Without") ? "without " + variant.substring("Without".length()) : variant;
        };
    }
}
