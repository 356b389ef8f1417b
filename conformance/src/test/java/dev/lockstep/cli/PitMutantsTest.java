package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.mutants.PitSurvivor;
import dev.lockstep.mutants.Planting;
import dev.lockstep.mutants.SurvivorRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verdict on a report of PIT's, whose mutants are of a line of the mirror that is there. */
class PitMutantsTest {
    private static final String TYPE = "dev.lockstep.region.Driver";
    private static final String LINE = "return policy.cleanWhen() == CleanWhen.COMPARE;";

    @TempDir
    private Path temporary;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int number;

    @BeforeEach
    void findTheLine() throws IOException {
        List<String> lines = Planting.source("dev/lockstep/region/Driver.java").lines().map(String::strip).toList();
        number = lines.indexOf(LINE) + 1;
        assertThat(number).isPositive();
    }

    private Path report(String... statuses) throws IOException {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mutations partial=\"true\">\n");
        for (int i = 0; i < statuses.length; i++) {
            text.append("<mutation detected='true' status='").append(statuses[i]).append("' numberOfTestsRun='1'><sourceFile>Driver.java</sourceFile><mutatedClass>")
                    .append(TYPE).append("</mutatedClass><mutatedMethod>compares</mutatedMethod><methodDescription>()Z</methodDescription><lineNumber>")
                    .append(number).append("</lineNumber><mutator>org.pitest.NegateConditionalsMutator</mutator><indexes><index>").append(i)
                    .append("</index></indexes><blocks><block>0</block></blocks><killingTest>dev.lockstep.cli.ReplayAlone.one</killingTest>")
                    .append("<description>negated conditional</description></mutation>\n");
        }
        return Files.writeString(temporary.resolve("mutations.xml"), text.append("</mutations>\n").toString());
    }

    private int judge(List<PitSurvivor> records, String... arguments) {
        PrintWriter writer = new PrintWriter(err, true);
        MutantsVerb verb = new MutantsVerb(new Console(new PrintWriter(out), writer, false), List.of(), new SurvivorRecords(Map.of()), records);
        return new CommandLine(verb).setExecutionExceptionHandler((failure, line, given) -> Failures.tell(failure, writer))
                .execute(Stream.concat(Stream.of("--out", temporary.resolve("out").toString()), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private static PitSurvivor record(int nth) {
        return new PitSurvivor(TYPE, "compares", LINE, "NegateConditionals", nth, PitSurvivor.Kind.UNREACHED, "Nobody comes there.");
    }

    @Test
    void aHighScoreWithAReasonForEachSurvivorIsAsExpected() throws IOException {
        String file = report("KILLED", "SURVIVED").toString();
        assertThat(judge(List.of(record(2)), "--pit", file, "--least", "50")).as(err.toString()).isEqualTo(ExitCode.AS_EXPECTED);
        JsonNode result = Json.MAPPER.readTree(Files.readString(temporary.resolve("out/mutants-pit.json")));
        assertThat(result.path("killed").asInt()).isEqualTo(1);
        assertThat(result.path("percent").asDouble()).isEqualTo(50);
        assertThat(result.path("survivors").path(0).path("line").asText()).isEqualTo(LINE);
        assertThat(result.path("packages").path("region").path("mutants").asInt()).isEqualTo(2);
        assertThat(out.toString()).contains("     1 killed by one\n", "survives   region.Driver.compares, line " + number
                + ", NegateConditionals 2: negated conditional\n           " + LINE + "\n           unreached: Nobody comes there.\n")
                .endsWith("1 of 2 mutants killed by the replay alone: 50.0 % of all; 0 are equivalent, and it is 50.0 % of the others, of which at least 50.0 % was "
                        + "expected; 0 survive without a reason\n");
    }

    @Test
    void anEquivalentMutantIsCountedInOneScoreAndNotInTheOther() throws IOException {
        PitSurvivor same = new PitSurvivor(TYPE, "compares", LINE, "NegateConditionals", 2, PitSurvivor.Kind.EQUIVALENT, "It is the same.");
        assertThat(judge(List.of(same), "--pit", report("KILLED", "SURVIVED").toString(), "--least", "100")).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(out.toString()).contains("1 of 2 mutants killed by the replay alone: 50.0 % of all; 1 are equivalent, and it is 100.0 % of the others");
    }

    @Test
    void aLowScoreASurvivorWithoutAReasonAndAStaleRecordAreFindings() throws IOException {
        String file = report("KILLED", "SURVIVED").toString();
        assertThat(judge(List.of(record(2)), "--pit", file)).isEqualTo(ExitCode.FINDING);
        assertThat(judge(List.of(), "--pit", file, "--least", "50")).isEqualTo(ExitCode.FINDING);
        assertThat(out.toString()).contains("SURVIVED   region.Driver.compares", "           no reason is recorded\n", "1 survive without a reason\n");
        assertThat(judge(List.of(record(1), record(2)), "--pit", file, "--least", "50")).isEqualTo(ExitCode.FINDING);
        assertThat(out.toString()).contains("STALE      what is recorded of Driver.compares, NegateConditionals in \"" + LINE + "\": it is no survivor\n");
        assertThat(judge(List.of(), "--pit", report("NO_COVERAGE").toString(), "--least", "0")).isEqualTo(ExitCode.FINDING);
        assertThat(out.toString()).contains("           no replay comes there, and no reason is recorded\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void badInputEndsInOneSentence() throws IOException {
        String gone = temporary.resolve("gone.xml").toString();
        String text = Files.writeString(temporary.resolve("text"), "no xml").toString();
        String cut = report("RUN_ERROR").toString();
        assertThat(judge(List.of(), "--pit", gone)).isEqualTo(ExitCode.USAGE);
        assertThat(judge(List.of(), "--pit", text)).isEqualTo(ExitCode.USAGE);
        assertThat(judge(List.of(), "--pit", cut)).isEqualTo(ExitCode.USAGE);
        assertThat(judge(List.of(), "--pit", report("KILLED").toString(), "--least", "101")).isEqualTo(ExitCode.USAGE);
        assertThat(judge(List.of(), "--least", "90")).isEqualTo(ExitCode.USAGE);
        assertThat(judge(List.of(), "--pit", gone, "legs-not-flushed")).isEqualTo(ExitCode.USAGE);
        assertThat(judge(List.of(), "--pit", gone, "--spec")).isEqualTo(ExitCode.USAGE);
        number = 100_000;
        assertThat(judge(List.of(), "--pit", report("KILLED").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines().map(line -> line.replaceAll("but ParseError.*", "but ..."))).containsExactly(
                "lockstep: there is no file " + gone + ": a report of PIT's was expected",
                "lockstep: " + text + ": a whole report of PIT's was expected, but ...",
                "lockstep: " + cut + ": a whole report of PIT's was expected, but a mutant in it has the status RUN_ERROR, and was not judged",
                "lockstep: --least 101.0 is not possible: a number from 0 to 100 was expected",
                "lockstep: --least is about a report of PIT's: --pit was expected with it",
                "lockstep: --pit judges a report, all of it: neither --spec nor an ID was expected with it",
                "lockstep: --pit judges a report, all of it: neither --spec nor an ID was expected with it",
                "lockstep: " + cut + ": a report of these very sources was expected, but dev/lockstep/region/Driver.java has "
                        + Planting.source("dev/lockstep/region/Driver.java").lines().count() + " lines, and a mutant is in line 100000");
    }
}
