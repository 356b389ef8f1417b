package dev.lockstep.mutants;

/**
 * A mutant that PIT made of a class of the mirror, and what became of it.
 *
 * @param type        the class, with its package; of a class in another, with a {@code $}
 * @param method      the method, that of a lambda included
 * @param mutator     what was done, by the name of PIT's mutator
 * @param description what was done, in PIT's words
 * @param line        the line in the class's source
 * @param index       where in the method's bytecode; of several in a line the order in which they stand
 * @param fate        what became of it
 * @param killer      the test that found it; empty if none did
 */
public record BytecodeMutant(String type, String method, String mutator, String description, int line, int index, Fate fate, String killer) {

    /** What becomes of a mutant. */
    public enum Fate {
        /** A test found it. */
        KILLED,
        /** A test did not come to its end in many times as long as it takes. */
        TIMED_OUT,
        /** A test took more memory than there is. */
        MEMORY_ERROR,
        /** Every test that comes by passed. */
        SURVIVED,
        /** No test comes by. */
        NO_COVERAGE,
        /** Java refuses the class, so there is no such mutant. */
        NON_VIABLE;

        /** {@return whether the mutant was found} */
        public boolean found() {
            return this == KILLED || this == TIMED_OUT || this == MEMORY_ERROR;
        }
    }

    /** {@return the package, without what all have} */
    public String packageName() {
        return type.substring(0, type.lastIndexOf('.')).replaceFirst("^dev\\.lockstep\\.", "");
    }

    /** {@return the class without its package} */
    public String simpleName() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** {@return where the source of its class is, from the root of the sources on} */
    public String source() {
        return type.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    }
}
