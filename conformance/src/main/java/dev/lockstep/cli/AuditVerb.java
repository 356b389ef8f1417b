package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.report.HtmlReport;
import dev.lockstep.report.JUnitXml;
import dev.lockstep.report.LinkCheck;
import dev.lockstep.report.Product;
import dev.lockstep.report.ReportInput;
import dev.lockstep.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code audit}: every other verb at its default size, and one report of it all. */
@Command(name = "audit", sortOptions = false,
        description = "Runs the other verbs at their default size, and puts what they found into one HTML report and a JUnit XML.")
final class AuditVerb extends Verb {
    private static final String MUTANTS = "mutants";
    /** The tiers that Lockstep does not have yet: an audit says so rather than leaving them out. */
    private static final List<String> NOT_BUILT = List.of("validate", "kill", "enumerate", "flakey", "kernel");
    private static final String BUG = "NoDesync";
    private static final String REPORT = "report.html";
    private static final String JUNIT = "junit.xml";

    @Option(names = "--require", paramLabel = "TIER", description = "Run this tier too, and end with exit code 4 if it cannot run "
            + "here; may be given more than once.")
    private List<String> required = List.of();

    private final Map<String, Verb> verbs;

    AuditVerb(Console console) {
        this(console, verbs(console));
    }

    /** An audit that runs these verbs, by tier; {@code mutants} only if it is required. */
    AuditVerb(Console console, Map<String, Verb> verbs) {
        super(console);
        this.verbs = new LinkedHashMap<>(verbs);
    }

    private static Map<String, Verb> verbs(Console console) {
        Map<String, Verb> verbs = new LinkedHashMap<>();
        verbs.put("check", new CheckVerb(console));
        verbs.put("scenario", new ExplainVerb(console));
        verbs.put("replay", new ReplayVerb(console));
        verbs.put(MUTANTS, new MutantsVerb(console));
        return verbs;
    }

    /** The result, as it is kept. */
    record Result(List<Tier> tiers) {
    }

    /**
     * What became of a tier.
     *
     * @param name   its name
     * @param result how it ended
     * @param why    one sentence
     */
    record Tier(String name, String result, String why) {
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        checkRequired();
        boolean hunt = required.contains(MUTANTS);
        if (!hunt) {
            verbs.remove(MUTANTS);
        }
        removeOld();
        Map<String, JsonNode> found = new LinkedHashMap<>();
        List<Tier> tiers = new ArrayList<>();
        boolean finding = false;
        for (Map.Entry<String, Verb> tier : verbs.entrySet()) {
            Kept kept = perform(tier.getKey(), tier.getValue(), progress);
            found.put(tier.getKey(), Json.MAPPER.readTree(kept.json()));
            finding |= kept.result().ending() == Ending.FINDING;
            tiers.add(new Tier(tier.getKey(), kept.result().ending().toString(), ""));
        }
        if (!hunt) {
            tiers.add(new Tier(MUTANTS, Ending.NOT_RUN.toString(), "It is run by mvn verify, and here with --require mutants."));
        }
        NOT_BUILT.forEach(name -> tiers.add(new Tier(name, Ending.NOT_RUN.toString(), "Lockstep does not have this tier yet.")));
        boolean missing = required.stream().anyMatch(NOT_BUILT::contains);
        Ending ending = finding ? Ending.FINDING : missing ? Ending.NOT_RUN : Ending.AS_EXPECTED;
        VerbResult result = VerbResult.of(ending, new Result(tiers), "");
        folder().write("audit.json", Json.text(result.json("audit", 0)));
        progress.show("report");
        Path report = report();
        return VerbResult.of(ending, new Result(tiers), text(found, tiers, report));
    }

    private void checkRequired() {
        List<String> known = new ArrayList<>(verbs.keySet());
        known.addAll(NOT_BUILT);
        for (String name : required) {
            if (!known.contains(name)) {
                throw new UserMistake("there is no tier " + name + ": " + String.join(", ", known) + " was expected");
            }
        }
    }

    /** What an earlier audit left must not be taken for this one's. */
    private void removeOld() throws IOException {
        for (String name : List.of("check.json", "scenario.json", "replay.json", MUTANTS + ".json", "audit.json", REPORT, JUNIT)) {
            Files.deleteIfExists(folder().path().resolve(name));
        }
    }

    private Kept perform(String name, Verb verb, Progress progress) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--out", folder().path().toString()));
        if (name.equals("scenario")) {
            arguments.add(Scenario.EXT2_BITMAP);
        }
        new CommandLine(verb).parseArgs(arguments.toArray(String[]::new));
        return verb.perform(progress);
    }

    private Path report() throws IOException {
        ReportInput input = ReportInput.read(folder().path(), Product.running());
        Path report = HtmlReport.write(input, folder().path().resolve(REPORT));
        JUnitXml.write(input, folder().path().resolve(JUNIT));
        List<String> broken = LinkCheck.check(Files.readString(report), input);
        if (!broken.isEmpty()) {
            throw new IOException("the report has a broken link: " + broken.get(0));
        }
        return report;
    }

    /** Returns what an audit ends by saying. */
    static String text(Map<String, JsonNode> found, List<Tier> tiers, Path report) {
        StringBuilder text = new StringBuilder();
        JsonNode check = found.get("check");
        OptionalInt steps = stepsToBug(check);
        text.append(steps.isPresent() ? "bug found in " + steps.getAsInt() + " steps: TLC, policy Original, " + BUG + "\n"
                : "bug NOT found: TLC, policy Original, " + BUG + "\n");
        JsonNode left = first(found.get("scenario").path("runs"), "policy", "Original").path("outcome");
        text.append("forced on the mirror, under a bit that says ").append(left.path("bitAfterCrash").asText()).append(":\n")
                .append("  leg 0  ").append(left.path("leg0").asText()).append('\n')
                .append("  leg 1  ").append(left.path("leg1").asText()).append('\n');
        JsonNode idea = first(found.get("scenario").path("runs"), "policy", "MaybeDirty").path("outcome");
        text.append("the same steps under MaybeDirty: the legs are ").append(idea.path("legsEqual").asBoolean() ? "equal" : "NOT EQUAL")
                .append('\n');
        int models = check.path("models").size();
        int unexpected = check.path("unexpected").asInt();
        text.append(models - unexpected).append(" of ").append(models).append(" verdicts as expected\n");
        long edges = sum(found.get("replay"), "edges");
        text.append(sum(found.get("replay"), "covered")).append(" of ").append(edges).append(" edges replayed in ")
                .append(sum(found.get("replay"), "steps")).append(" steps, ").append(sum(found.get("replay"), "divergences"))
                .append(" divergences\n");
        tiers.stream().filter(tier -> tier.result().equals(Ending.FINDING.toString()))
                .forEach(tier -> text.append("FINDING in ").append(tier.name()).append('\n'));
        tiers.stream().filter(tier -> tier.result().equals(Ending.NOT_RUN.toString()))
                .forEach(tier -> text.append("NOT RUN: ").append(tier.name()).append(". ").append(tier.why()).append('\n'));
        return text.append("report: ").append(report).append('\n').toString();
    }

    /** The steps of the shortest counterexample: one less than its states. */
    private static OptionalInt stepsToBug(JsonNode check) {
        return StreamSupport.stream(check.path("models").spliterator(), false)
                .filter(model -> model.path("policy").asText().equals("Original") && model.path("property").asText().equals(BUG))
                .mapToInt(model -> model.path("counterexampleLength").asInt() - 1).filter(steps -> steps >= 0).min();
    }

    private static JsonNode first(JsonNode list, String key, String value) {
        return StreamSupport.stream(list.spliterator(), false).filter(each -> each.path(key).asText().equals(value))
                .findFirst().orElseThrow(() -> new IllegalStateException("there is no " + key + " " + value));
    }

    private static long sum(JsonNode replay, String key) {
        return StreamSupport.stream(replay.path("policies").spliterator(), false).mapToLong(each -> each.path(key).asLong()).sum();
    }
}
