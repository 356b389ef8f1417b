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
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code audit}: every other verb at its default size, and one report of it all. */
@Command(name = "audit", sortOptions = false,
        description = "Runs the other verbs at their default size, and puts what they found into one HTML report and a JUnit XML.")
final class AuditVerb extends Verb {
    private static final String MUTANTS = "mutants";
    private static final String KILL = CrashTier.KILL.toString();
    private static final String ENUMERATE = CrashTier.ENUMERATE.toString();
    private static final String FLAKEY = CrashTier.FLAKEY.toString();
    private static final String KERNEL = CrashTier.KERNEL.toString();
    private static final String VALIDATE = "validate";
    /** The tiers that are run if they are required, and why not else. */
    private static final Map<String, String> ON_REQUEST = Map.of(MUTANTS, "It is run by the verb of that name, and here with --require mutants.",
            FLAKEY, needsGuest(FLAKEY), KERNEL, needsGuest(KERNEL));
    /** How the tiers of crashes are told to be small. Three volumes a policy: one of them dies while it is made. */
    private static final Map<String, List<String>> SMALL = Map.of(KILL, List.of("--cycles", "21", "--seed", "5"),
            ENUMERATE, List.of("--cycles", "7000"), FLAKEY, List.of("--cycles", "14"), KERNEL, List.of());
    private static final String REPORT = "report.html";
    private static final String JUNIT = "junit.xml";

    @Option(names = "--require", paramLabel = "TIER", description = "Run this tier too, and end with exit code 4 if it cannot run "
            + "here; may be given more than once.")
    private List<String> required = List.of();

    private final Map<String, Verb> verbs;

    AuditVerb(Console console) {
        this(console, verbs(console));
    }

    /** An audit that runs these verbs, by tier; those of tiers that are run on request only if they are required. */
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
        verbs.put(VALIDATE, new ValidateVerb(console));
        List.of(KILL, ENUMERATE, FLAKEY, KERNEL).forEach(tier -> verbs.put(tier, new CrashVerb(console)));
        return verbs;
    }

    private static String needsGuest(String tier) {
        return "It needs a guest: run with --require " + tier + ".";
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
        List<String> left = Stream.of(MUTANTS, FLAKEY, KERNEL).filter(name -> !required.contains(name)).toList();
        left.forEach(verbs::remove);
        removeOld();
        Map<String, JsonNode> found = new LinkedHashMap<>();
        List<Tier> tiers = new ArrayList<>();
        for (Map.Entry<String, Verb> tier : verbs.entrySet()) {
            Kept kept = perform(tier.getKey(), tier.getValue(), progress);
            found.put(tier.getKey(), Json.MAPPER.readTree(kept.json()));
            tiers.add(new Tier(tier.getKey(), kept.result().ending().toString(), why(tier.getKey(), kept.result())));
        }
        Ending ending = ending(tiers);
        left.forEach(name -> tiers.add(new Tier(name, Ending.NOT_RUN.toString(), ON_REQUEST.get(name))));
        VerbResult result = VerbResult.of(ending, new Result(tiers), "");
        folder().write("audit.json", Json.text(result.json("audit", 0)));
        progress.show("report");
        Path report = report();
        return VerbResult.of(ending, new Result(tiers), AuditText.of(found, tiers, report));
    }

    /** A finding outweighs a tier that was to be run and could not. */
    private Ending ending(List<Tier> tiers) {
        if (tiers.stream().anyMatch(tier -> tier.result().equals(Ending.FINDING.toString()))) {
            return Ending.FINDING;
        }
        boolean missing = tiers.stream().anyMatch(tier -> tier.result().equals(Ending.NOT_RUN.toString()));
        return missing ? Ending.NOT_RUN : Ending.AS_EXPECTED;
    }

    /** Of a tier that could not run: what it says itself, without its name. */
    private static String why(String name, VerbResult result) {
        String prefix = "NOT RUN: " + name + ": ";
        String text = result.text().strip();
        return result.ending() != Ending.NOT_RUN ? "" : text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private void checkRequired() {
        for (String name : required) {
            if (!verbs.containsKey(name)) {
                throw new UserMistake("there is no tier " + name + ": " + String.join(", ", verbs.keySet()) + " was expected");
            }
        }
    }

    /** What an earlier audit left must not be taken for this one's. */
    private void removeOld() throws IOException {
        for (String name : List.of("check", "scenario", "replay", MUTANTS, VALIDATE, KILL, ENUMERATE, FLAKEY, KERNEL, "audit")) {
            Files.deleteIfExists(folder().path().resolve(name + ".json"));
        }
        for (String name : List.of(REPORT, JUNIT)) {
            Files.deleteIfExists(folder().path().resolve(name));
        }
    }

    private Kept perform(String name, Verb verb, Progress progress) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--out", folder().path().toString()));
        if (name.equals("scenario")) {
            arguments.add(Scenario.EXT2_BITMAP);
        }
        if (name.equals("replay")) {
            arguments.addAll(List.of("--log-format", LogFormats.BOTH));
        }
        if (SMALL.containsKey(name)) {
            arguments.addAll(List.of("--tier", name));
            arguments.addAll(SMALL.get(name));
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
}
