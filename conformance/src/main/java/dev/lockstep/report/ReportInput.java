package dev.lockstep.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a report is made of: a folder's results, and the texts that they are about. Immutable; safe to share between
 * threads. The texts are those packed with the program that renders, so results should come from the same build.
 */
public final class ReportInput {
    private final Results results;
    private final List<Claim> claims;
    private final Map<String, String> quotations;
    private final List<PolicyNote> notes;
    private final SpecTexts spec;
    private final JavaTexts java;
    private final Product product;

    private ReportInput(Results results, TextSource texts, Product product) {
        this.results = results;
        this.product = product;
        claims = resource(texts, "claims").items(Claim::of);
        quotations = resource(texts, "seed").members(Entry::asText);
        notes = resource(texts, "policies").items(PolicyNote::of);
        spec = new SpecTexts(texts, specModules());
        java = new JavaTexts(texts, javaClasses());
    }

    /**
     * Reads the results in a folder; one that is missing counts as a tier that did not run.
     *
     * @param resultsFolder where the verbs have written their JSON
     * @param product what has written it
     * @throws ReportException if there is no such folder, or a file in it is not what it should be; the message is one
     *         sentence that names the file, the place in it, what is there and what was expected
     */
    public static ReportInput read(Path resultsFolder, Product product) {
        return read(resultsFolder, product, TextSource.PACKED);
    }

    static ReportInput read(Path resultsFolder, Product product, TextSource texts) {
        return new ReportInput(Results.read(resultsFolder), texts, product);
    }

    private static Entry resource(TextSource texts, String name) {
        String path = "report/" + name + ".json";
        return Entry.parse(texts.required(path), path);
    }

    private Set<String> specModules() {
        Set<String> modules = new TreeSet<>();
        claims.forEach(claim -> claim.models().forEach(model -> modules.add(Claim.moduleOf(model))));
        results.check().ifPresent(check -> check.models().forEach(model -> modules.add(model.module())));
        return modules;
    }

    private Set<String> javaClasses() {
        List<String> methods = new ArrayList<>();
        claims.forEach(claim -> methods.addAll(claim.methods()));
        results.scenario().ifPresent(scenario -> scenario.runs().forEach(run -> run.steps()
                .forEach(step -> step.method().ifPresent(methods::add))));
        results.replay().ifPresent(replay -> replay.policies().forEach(policy -> policy.divergence()
                .ifPresent(divergence -> methods.add(simpleName(divergence.javaClass())))));
        Set<String> classes = new LinkedHashSet<>();
        methods.forEach(method -> classes.add(JavaTexts.className(method)));
        return classes;
    }

    static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Returns a sentence for each thing that is not as expected; empty if all that was run is. */
    public List<String> findings() {
        return Finding.of(results).stream().map(Finding::sentence).toList();
    }

    Results results() {
        return results;
    }

    List<Claim> claims() {
        return claims;
    }

    /** Returns the mail's sentences by their ids, in its order. */
    Map<String, String> quotations() {
        return quotations;
    }

    SpecTexts spec() {
        return spec;
    }

    JavaTexts java() {
        return java;
    }

    Product product() {
        return product;
    }

    /** Returns the policies that are shown: the known ones, then others that the results speak of. */
    List<String> policies() {
        Set<String> policies = new LinkedHashSet<>();
        notes.forEach(note -> policies.add(note.policy()));
        policies.addAll(results.policies());
        return List.copyOf(policies);
    }

    Optional<PolicyNote> note(String policy) {
        return notes.stream().filter(note -> note.policy().equals(policy)).findFirst();
    }
}
