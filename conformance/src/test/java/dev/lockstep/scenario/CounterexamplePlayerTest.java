package dev.lockstep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.region.Policy;
import dev.lockstep.replay.Difference;
import dev.lockstep.scenario.ForcedRun.End;
import dev.lockstep.sut.InMemory;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.WarmTlc;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One counterexample, forced on the mirror that it is of, and on others; and what is said when its end is another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@LongTest
class CounterexamplePlayerTest {
    private static final String MODEL = "MCMirror_Original_Mmap_ReadStability";
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** One for all: a JVM for each model would have to get warm. */
    private final WarmTlc tlc = new WarmTlc();
    private Counterexample readsDiffer;

    @BeforeAll
    void find() {
        readsDiffer = found(Model.read(ModelGraphs.SPEC, "MCMirror", ModelGraphs.SPEC.resolve(MODEL + ".cfg")));
    }

    @AfterAll
    void close() {
        tlc.close();
    }

    private Counterexample found(Model model) {
        return tlc.checkWithArguments(model, LONGEST).counterexample().orElseThrow();
    }

    @TempDir(factory = InMemory.class)
    private Path temporary;

    @AfterEach
    void theVolumesFilesAreGone() {
        assertThat(temporary).isEmptyDirectory();
    }

    private ForcedRun play(Counterexample counterexample, String property, Policy policy, Storing storing) throws IOException {
        return CounterexamplePlayer.play(counterexample, property, policy, Surroundings.of(storing), temporary);
    }

    private End end(Counterexample counterexample, String property) throws IOException {
        ForcedRun run = play(counterexample, property, Policy.ORIGINAL, Storing.MMAP);
        assertThat(run.divergence()).isEmpty();
        return run.end().orElseThrow();
    }

    @Test
    void onItsOwnMirrorTheReadsDiffer() throws IOException {
        End end = end(readsDiffer, "ReadStability");
        assertThat(end.wrong()).isEmpty();
        assertThat(end.story()).hasSize(2);
        assertThat(end.left()).isEqualTo(end.afterSteps());
        assertThat(end.left().legsEqual()).isFalse();
        assertThat(end.left().legs()).allMatch(hex -> hex.length() == 32).doesNotHaveDuplicates();
        assertThat(end.left().differingOffset()).isBetween(end.left().offset(), end.left().offset() + 15);
    }

    @Test
    void onTheMirrorOfAnotherPolicyItDiverges() throws IOException {
        ForcedRun run = play(readsDiffer, "ReadStability", Policy.BOUNCE_COPY, Storing.MMAP);
        assertThat(run.end()).isEmpty();
        ForcedRun.Divergence divergence = run.divergence().orElseThrow();
        assertThat(divergence.action()).isEqualTo("Submit(0)");
        assertThat(readsDiffer.steps().get(divergence.number() - 1).label().map(Label::action)).contains("Submit");
        assertThat(divergence.differences()).as("the page is to be copied before").extracting(Difference::variable).containsExactly("enabled");
    }

    @Test
    void whereTheStoreDoesNotMarkItDiverges() throws IOException {
        ForcedRun.Divergence divergence = play(readsDiffer, "ReadStability", Policy.ORIGINAL, Storing.STORE_MARK).divergence().orElseThrow();
        assertThat(divergence.action()).startsWith("Store(");
        assertThat(divergence.differences()).extracting(Difference::variable).containsExactly("pageDirty", "changing");
    }

    /** A mirror that keeps the assumption does the same up to where the failure of a leg is dealt with. */
    @ParameterizedTest
    @CsvSource({"failure-not-recorded, EndWriteH, enabled", "flush-before-failure-recorded, FlushEndH, enabled",
            "clean-while-a-leg-is-out, CertifyBegin, enabled", "flush-failure-unheeded, LegFlushFailsH, out",
            "new-source-not-flushed, RecordBeginH, recordSince"})
    void whatIsPreventedOfAFailedLegEndsWhereTheAssumptionForbidsIt(String name, String action, String variable) throws IOException {
        Finding finding = Finding.named(name).orElseThrow();
        assertThat(finding.status()).isEqualTo(Finding.Status.PREVENTED);
        String module = finding.model().substring(0, finding.model().indexOf('_'));
        Counterexample found = found(Model.read(ModelGraphs.SPEC, module, ModelGraphs.SPEC.resolve(finding.model() + ".cfg")));
        ForcedRun.Divergence divergence = play(found, "NoDesync", Policy.BOUNCE_COPY, Storing.NONE).divergence().orElseThrow();
        assertThat(divergence.action()).as(divergence.toString()).matches(action + "(\\(.*)?");
        assertThat(divergence.differences()).as(divergence.toString()).extracting(Difference::variable).contains(variable);
    }

    @Test
    void aStepThatTheMirrorRefusesIsADivergence() throws IOException {
        CounterexampleStep first = readsDiffer.steps().get(0);
        CounterexampleStep fails = new CounterexampleStep(2, Optional.of(Label.of("WriteBack", Value.of(0), Value.of(0))), true,
                "", first.state(), List.of());
        ForcedRun.Divergence divergence = play(new Counterexample(List.of(first, fails), Optional.empty()), "NoDesync",
                Policy.ORIGINAL, Storing.MMAP).divergence().orElseThrow();
        assertThat(divergence.number()).isEqualTo(2);
        assertThat(divergence.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.variable()).isEqualTo("enabled");
            assertThat(difference.observed()).contains("the mirror has no method for yet");
        });
    }

    @Test
    void anEndWithoutTheHarmIsWrong() throws IOException {
        Counterexample tooShort = new Counterexample(readsDiffer.steps().subList(0, readsDiffer.length() - 1), Optional.empty());
        assertThat(end(tooShort, "ReadStability").wrong()).containsExactly("the block may not be read from leg 1");
        Counterexample nothing = new Counterexample(readsDiffer.steps().subList(0, 2), Optional.empty());
        assertThat(end(nothing, "ReadStability").wrong()).containsExactly("the legs are equal");
        assertThat(end(nothing, "NoDesync").wrong()).singleElement().asString()
                .startsWith("no power cut now can leave different legs under a clean bit: leg = ");
        assertThat(end(readsDiffer, "NoDesync").wrong()).as("the log's bit is durably dirty").hasSize(1);
        assertThat(end(readsDiffer, "NothingLost").wrong()).singleElement().asString().contains("NothingLost");
    }

    /** An invariant of its own, which a power cut alone violates: what it keeps is not in the label. */
    @Test
    void aPowerCutKeepsWhatTheCounterexampleKeeps() throws IOException {
        Path spec = Files.createDirectory(temporary.resolve("spec"));
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(ModelGraphs.SPEC, "*.tla")) {
            for (Path module : modules) {
                Files.copy(module, spec.resolve(module.getFileName().toString()));
            }
        }
        Files.writeString(spec.resolve("MCCut.tla"), """
                ---- MODULE MCCut ----
                EXTENDS MCMirror
                NotCut == ~(mode = "down" /\\ leg[0].may[0] = {1} /\\ leg[1].may[0] = {0})
                ====
                """);
        String configuration = Files.readString(ModelGraphs.SPEC.resolve(MODEL + ".cfg")).replace("ReadStability", "NotCut");
        Counterexample cut = found(new Model("MCCut_Original_NotCut", spec, "MCCut", configuration));
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(spec)) {
            for (Path copy : copies) {
                Files.delete(copy);
            }
        }
        Files.delete(spec);
        assertThat(cut.steps().get(cut.length() - 1).label()).contains(Label.of("PowerCut"));
        End end = end(cut, "ReadStability");
        assertThat(end.left().legsEqual()).isFalse();
        assertThat(end.wrong()).as("nothing is up to be read").contains("the block may not be read from leg 0");
    }

    /**
     * What a finding says the mirror prevents: TLC's steps, of a mirror without the assumption, go as far on ours as to the step
     * that the assumption forbids, and there it refuses or does another thing.
     */
    @ParameterizedTest
    @CsvSource({"overlapping-writes, Issue, enabled", "discard-not-counted, Discard, slot", "discard-leaves-anything, Discard, slot"})
    void whatIsPreventedEndsWhereTheAssumptionForbidsIt(String name, String action, String variable) throws IOException {
        Finding finding = Finding.named(name).orElseThrow();
        assertThat(finding.status()).isEqualTo(Finding.Status.PREVENTED);
        Counterexample found = found(Model.read(ModelGraphs.SPEC, "MCMirror", ModelGraphs.SPEC.resolve(finding.model() + ".cfg")));
        ForcedRun run = play(found, "NoDesync", Policy.BOUNCE_COPY, Storing.NONE);
        ForcedRun.Divergence divergence = run.divergence().orElseThrow();
        assertThat(divergence.action()).as(divergence.toString()).startsWith(action + "(");
        assertThat(divergence.differences()).as(divergence.toString()).extracting(Difference::variable).contains(variable);
        if (variable.equals("enabled")) {
            assertThat(divergence.differences().get(0).observed()).as("another write is on its way").contains("is not offered");
            assertThat(found.steps().subList(0, divergence.number() - 1).stream().flatMap(step -> step.label().stream())
                    .filter(label -> label.action().equals(action))).hasSize(1);
        }
    }
}
