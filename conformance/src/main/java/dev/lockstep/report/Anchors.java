package dev.lockstep.report;

/** The ids of the page's places, in one place, so that what links and what is linked to agree. */
final class Anchors {
    static final String EVIDENCE = "evidence";
    static final String STORY = "story";
    static final String TIERS = "tiers";
    static final String STEPS = "steps";
    static final String VERDICTS = "verdicts";
    static final String REPLAY = "replay";
    static final String CRASHES = "crashes";
    static final String CLAIMS = "claims";
    static final String MAIL = "mail";
    static final String SPEC = "spec";
    static final String JAVA = "java";
    static final String REPEAT = "repeat";

    private Anchors() {
    }

    static String quotation(String id) {
        return "mail-" + slug(id);
    }

    static String model(String name) {
        return "model-" + slug(name);
    }

    static String counterexample(String model) {
        return "counterexample-" + slug(model);
    }

    static String replay(String policy) {
        return "replay-" + slug(policy);
    }

    static String action(String name) {
        return "action-" + slug(name);
    }

    static String steps(String policy) {
        return "steps-" + slug(policy);
    }

    static String claim(String id) {
        return "claim-" + slug(id);
    }

    static String tier(String name) {
        return "tier-" + slug(name);
    }

    static String spec(String module, long line) {
        return "tla-" + slug(module) + "-" + line;
    }

    static String java(String className, long line) {
        return "java-" + slug(className) + "-" + line;
    }

    private static String slug(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
