package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@LongTest
class DistributedRunTest {
    /** A JVM has to start and join in it, on a machine that has more to do; after the server it is waited for another. */
    private static final Duration WORKERS_PATIENCE = Duration.ofSeconds(20);
    private static final DistributedRun.Listener NOBODY = new DistributedRun.Listener() {
    };
    private static final DistributedRun TWO =
            new DistributedRun(DistributedSettings.here(TlcDistribution.bundled(), Specs.PATIENCE, 2));

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(WorkFolder.prefix()));
        }
    }

    @Test
    void twoWorkersCountAsOneTlcDoes() {
        Model model = Specs.small("INVARIANT TypeOK");
        ModelResult alone = new TlcRun(RunSettings.bundled(Specs.PATIENCE)).check(model, 1000);

        DistributedResult result = TWO.judge(model, NOBODY);

        assertThat(result.verdict()).isEqualTo(Verdict.HOLDS).isEqualTo(alone.verdict());
        assertThat(result.violated()).isEmpty();
        assertThat(result.distinctStates()).isEqualTo(60).isEqualTo(alone.distinctStates());
        assertThat(result.totalStates()).hasValue(alone.totalStates());
        assertThat(result.workers()).isBetween(1, 2);
        assertThat(result.tlcVersion()).isEqualTo(TlcVersion.bundled());
    }

    @Test
    void initialStatesThatAreAlikeAreAllCounted() {
        Model model = Specs.model("Alike", "SPECIFICATION Spec CONSTANT Twin = {left, right} SYMMETRY Twins INVARIANT TypeOK");
        ModelResult alone = new TlcRun(RunSettings.bundled(Specs.PATIENCE)).check(model, 1000);

        DistributedResult result = TWO.judge(model, NOBODY);

        assertThat(result.distinctStates()).isEqualTo(1).isEqualTo(alone.distinctStates());
        assertThat(result.totalStates()).hasValue(4).hasValue(alone.totalStates());
    }

    @Test
    void theInvariantThatIsViolatedIsNamed() {
        DistributedResult result = TWO.judge(Specs.small("INVARIANTS TypeOK Same"), NOBODY);

        assertThat(result.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(result.violated()).contains("Same");
    }

    @Test
    void modelValuesMayBeMadeUpByTheConfiguration() {
        Model model = Specs.model("Small", Specs.SMALL.replace("{0, 1}", "{left, right}") + "INVARIANT Same\n");

        assertThat(TWO.judge(model, NOBODY).violated()).contains("Same");
    }

    @Test
    void anInitialStateMayViolate() {
        assertThat(TWO.judge(Specs.small("INVARIANT NotUp"), NOBODY).violated()).contains("NotUp");
    }

    @Test
    void aWrongSpecIsOneSentence() {
        for (Model model : List.of(Specs.model("Unparsable", "INIT Init NEXT Next"),
                Specs.small("INVARIANT Nonsense"), Specs.model("Failing", "SPECIFICATION Spec CONSTANT Limit = 2"))) {
            assertThatThrownBy(() -> TWO.judge(model, NOBODY)).isInstanceOf(SpecException.class)
                    .hasMessageStartingWith("model " + model.name()).hasMessageNotContaining("\n");
        }
    }

    @Test
    void onlyInvariantsCanBeJudged() {
        assertThat(DistributedRun.canJudge(Specs.small("INVARIANT Same"))).isTrue();
        assertThat(DistributedRun.canJudge(Specs.small("INVARIANT Same PROPERTY Shrinks"))).isFalse();
        assertThat(DistributedRun.canJudge(Specs.small("ACTION_CONSTRAINT Shrinks"))).isFalse();
        assertThatThrownBy(() -> TWO.judge(Specs.small("PROPERTY Restarts"), NOBODY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTimeoutKillsAll() {
        DistributedRun hasty = new DistributedRun(
                DistributedSettings.here(TlcDistribution.bundled(), Duration.ofSeconds(4), 1));

        assertThatThrownBy(() -> hasty.judge(Specs.model("Endless", "SPECIFICATION Spec"), NOBODY))
                .isInstanceOf(TlcException.class)
                .hasMessage("model TheEndless: TLC did not end within 4.0 seconds and was killed");
    }

    @Test
    void aWorkerMayComeFromElsewhere() {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        CompletableFuture<ServedModels> served = port.thenApplyAsync(known ->
                new WorkerRun(TlcDistribution.bundled(), "127.0.0.1", 1, WORKERS_PATIENCE)
                        .serve("127.0.0.1", known, line -> { }));
        DistributedSettings settings = new DistributedSettings(TlcDistribution.bundled(), Specs.PATIENCE, 0,
                Optional.of("127.0.0.1"), 0);

        DistributedResult result = new DistributedRun(settings).judge(Specs.small("INVARIANT TypeOK"),
                new DistributedRun.Listener() {
                    @Override
                    public void waiting(int known) {
                        port.complete(known);
                    }
                });

        assertThat(result.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(result.distinctStates()).isEqualTo(60);
        assertThat(result.totalStates()).as("what only the worker knows").isEmpty();
        assertThat(result.workers()).isEqualTo(1);
        assertThat(served.join().models()).isEqualTo(1);
        assertThat(served.join().states()).isEqualTo(604);
    }

    @Test
    void theEndOfThisJvmIsTheEndOfAll() {
        WorkFolder folder = WorkFolder.empty();
        try (ChildJvms jvms = new ChildJvms(folder)) {
            ChildJvm worker = jvms.start(folder.spec(), DistributedRun.worker(TlcDistribution.bundled(),
                    folder.temporary(), "127.0.0.1", "127.0.0.1", 1, 1), line -> { });
            // What the hook does.
            jvms.end();

            assertThat(worker.ended()).succeedsWithin(Specs.PATIENCE);
            assertThat(folder.spec().getParent()).doesNotExist();
            assertThatThrownBy(() -> jvms.start(Path.of("."), List.of("-version"), line -> { }))
                    .isInstanceOf(TlcException.class).hasMessageContaining("Lockstep is ending");
        }
    }
}
