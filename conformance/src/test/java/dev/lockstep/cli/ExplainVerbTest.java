package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.region.Policy;
import dev.lockstep.scenario.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainVerbTest {
    @TempDir
    private Path temporary;

    @Test
    void theMailsStoryIsToldForEveryPolicy() throws IOException {
        Run run = Run.lockstep("explain", "ext2-bitmap", "--json", "--out", temporary.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(temporary.resolve("scenario.json")).hasContent(run.out());
        JsonNode result = Json.MAPPER.readTree(run.out());
        assertThat(result.path("verb").asText()).isEqualTo("explain");
        assertThat(result.path("scenario").asText()).isEqualTo("ext2-bitmap");
        assertThat(result.path("asExpected").asBoolean()).isTrue();
        assertThat(result.path("unexpected")).isEmpty();
        assertThat(result.path("runs").findValuesAsText("policy")).containsExactlyElementsOf(
                Policy.all().stream().map(Policy::name).toList());
        JsonNode original = result.path("runs").path(0);
        assertThat(original.path("steps").path(0).fieldNames()).toIterable().containsExactly("number", "action", "actor", "meaning",
                "seed", "method", "leg0", "leg1", "page", "state", "bit", "harm", "kernel", "moves", "shows", "crash");
        assertThat(original.path("outcome").fieldNames()).toIterable().containsExactly("legsEqual", "bitAfterCrash", "leg0", "leg1",
                "differingOffset", "resyncedRegions", "story", "twoFilesOneBlock");
        assertThat(original.path("outcome").path("differingOffset").asInt()).isEqualTo(2);
        assertThat(original.path("lanes")).extracting(JsonNode::asText).containsExactly("application", "page cache", "driver", "log", "leg 0",
                "leg 1");
        for (Policy policy : Policy.all()) {
            String svg = Files.readString(temporary.resolve("explain-ext2-bitmap-" + policy.name() + ".svg"));
            DrawnSvg drawn = DrawnSvg.of(svg);
            assertThat(drawn.lanes()).containsExactly("application", "page cache", "driver", "log", "leg 0", "leg 1");
            assertThat(drawn.harmful()).as(policy.name()).isLessThanOrEqualTo(1);
        }
        DrawnSvg drawn = DrawnSvg.of(Files.readString(temporary.resolve("explain-ext2-bitmap-Original.svg")));
        assertThat(drawn.harmful()).isEqualTo(1);
        assertThat(drawn.crashes()).containsExactly("KILLED", "POWER CUT");
        OwnFolders.assertNone();
    }

    @Test
    void theDrawingGoesWhereItIsAskedForAndIsTheSameEachTime() throws IOException {
        Path file = temporary.resolve("drawn.svg");
        Path out = temporary.resolve("out");
        Run run = Run.lockstep("explain", "ext2-bitmap", "--svg", file.toString(), "--out", out.toString());
        assertThat(run.err()).isEmpty();
        String first = Files.readString(file);
        assertThat(first).isEqualTo(Files.readString(out.resolve("explain-ext2-bitmap-Original.svg")));
        assertThat(run.out()).contains("drawn as SVG: " + out.resolve("explain-ext2-bitmap-Original.svg"));
        Run.lockstep("explain", "ext2-bitmap", "--svg", file.toString(), "--out", out.toString());
        assertThat(Files.readString(file)).isEqualTo(first);
        Run wrong = Run.lockstep("explain", "ext2-bitmap", "--svg", temporary.resolve("no/folder.svg").toString(), "--out", out.toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err().lines()).singleElement().asString().contains("no/folder.svg cannot be written");
    }

    @Test
    void aTraceThatThereIsNotIsAMistake() throws IOException {
        Run id = Run.lockstep("explain", "0123456789abcdef", "--out", temporary.toString());
        assertThat(id).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: there is no trace 0123456789abcdef in " + temporary
                + ": the id of one in a file *.itf.json there was expected, or the file\n"));
        Path file = temporary.resolve("none.itf.json");
        assertThat(Run.lockstep("explain", file.toString(), "--out", temporary.toString())).isEqualTo(new Run(ExitCode.USAGE, "",
                "lockstep: " + file + ": expected a trace (ITF), but there is no such file\n"));
        assertThat(temporary).isEmptyDirectory();
        Files.writeString(file, "{}");
        Run broken = Run.lockstep("explain", file.toString(), "--out", temporary.toString());
        assertThat(broken.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(broken.err().lines()).singleElement().asString().startsWith("lockstep: " + file);
    }

    @Test
    void asTextItShowsTheBytes() {
        Run run = Run.lockstep("explain", "ext2-bitmap", "--out", temporary.toString());
        assertThat(run.out()).contains("  leg 0  ffff0f00", "  leg 1  ffff0700", "the legs differ from byte 2 on",
                "which already belongs to file A: two files, one block.");
    }

    @Test
    void aScenarioThatThereIsNotIsAMistake() {
        Run run = Run.lockstep("explain", "ext3-bitmap", "--out", temporary.toString());
        assertThat(run).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: there is no scenario ext3-bitmap: ext2-bitmap was expected, "
                + "or a model, or a trace, or one of the findings " + findings() + "\n"));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void withoutANameTheSentenceSaysWhichThereAre() {
        Run run = Run.lockstep("explain", "--out", temporary.toString());
        assertThat(run).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: a name was expected: ext2-bitmap, " + findings() + "\n"));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theListHasALineForEach() {
        Run run = Run.lockstep("explain", "--list", "--out", temporary.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out().lines()).hasSize(Finding.all().size() + 2).anyMatch(line -> line.startsWith("ext2-bitmap  "))
                .anyMatch(line -> line.matches("reads-differ +forced +Two reads of one block differ.*"))
                .anyMatch(line -> line.matches("resync-starved +prevented .*"));
        assertThat(temporary).isEmptyDirectory();
    }

    private static String findings() {
        return Finding.all().stream().map(Finding::name).collect(Collectors.joining(", "));
    }
}
