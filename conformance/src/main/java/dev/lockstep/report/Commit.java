package dev.lockstep.report;

/** The name that a result gives to the commit that it was made from. */
final class Commit {
    /** What stands after the hash where the working tree had changes that no commit holds. */
    private static final String DIRTY = "-dirty";
    private static final int SHORT = 12;

    private Commit() {
    }

    static boolean dirty(String commit) {
        return commit.endsWith(DIRTY);
    }

    /** Returns the hash alone. */
    static String hash(String commit) {
        return dirty(commit) ? commit.substring(0, commit.length() - DIRTY.length()) : commit;
    }

    /** Returns the hash's first digits, and whether there were changes beside it. */
    static String shortened(String commit) {
        String hash = hash(commit);
        return hash.substring(0, Math.min(SHORT, hash.length())) + (dirty(commit) ? " with changes beside it" : "");
    }

    /** Whether the hash can be checked out. */
    static boolean known(String commit) {
        return hash(commit).matches("[0-9a-f]{7,64}");
    }
}
