package dev.lockstep.report;

import java.util.List;

/**
 * A claim of the project: a row of the report's last table.
 *
 * @param sentence id of the mail's sentence that it goes back to, or "design"
 * @param property what says it in the specification
 * @param models what judges it
 * @param actions actions of the specification whose replayed steps exercise it
 * @param methods what does it in Java, as {@code RegionMachine.certifyEnd}
 */
record Claim(String id, String sentence, String property, String claim, List<String> models, List<String> actions,
        List<String> methods) {
    /** Stands where a claim goes back to no sentence of the mail. */
    static final String DESIGN = "design";

    static Claim of(Entry json) {
        return new Claim(json.text("id"), json.text("sentence"), json.text("property"), json.text("claim"),
                json.texts("models"), json.texts("actions"), json.texts("methods"));
    }

    /** Returns the module that a model's name begins with. */
    static String moduleOf(String model) {
        int end = model.indexOf('_');
        return end < 0 ? model : model.substring(0, end);
    }
}
