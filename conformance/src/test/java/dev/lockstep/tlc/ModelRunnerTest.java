package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelRunnerTest {
    private static final RunSettings SETTINGS = new RunSettings(TlcDistribution.bundled(), Specs.PATIENCE, false);

    @Test
    void outcomesComeInTheOrderGiven() {
        List<String> heard = new ArrayList<>();
        List<ModelRunner.Job> jobs = Stream.of(named("first", "INVARIANT TypeOK"),
                named("second", "INVARIANT Nonsense"),
                named("third", "INVARIANT Same")).map(model -> new ModelRunner.Job(model, 1000)).toList();

        List<ModelRunner.Outcome> outcomes = new ModelRunner(SETTINGS, 2).run(jobs, new ModelRunner.Listener() {
            @Override
            public void started(Model model) {
                heard.add("started " + model.name());
            }

            @Override
            public void finished(ModelRunner.Outcome outcome, int done, int total) {
                heard.add(done + " of " + total);
            }
        });

        assertThat(outcomes).extracting(outcome -> outcome.model().name()).containsExactly("first", "second", "third");
        assertThat(outcomes.get(0).result().orElseThrow().verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(outcomes.get(1).failure().orElseThrow()).isInstanceOf(SpecException.class);
        assertThat(outcomes.get(2).result().orElseThrow().violated()).contains("Same");
        assertThat(heard).hasSize(6)
                .contains("started first", "started second", "started third", "1 of 3", "2 of 3", "3 of 3");
    }

    @Test
    void anInterruptKillsWhatRuns() {
        Model endless = Specs.model("Endless", "SPECIFICATION Spec");
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> new ModelRunner(new RunSettings(SETTINGS.tlc(), Duration.ofMinutes(5), false), 2)
                .run(List.of(new ModelRunner.Job(endless, 0)), new ModelRunner.Listener() {
                    @Override
                    public void started(Model model) {
                        caller.interrupt();
                    }
                })).isInstanceOf(TlcException.class).hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    private static Model named(String name, String judged) {
        return new Model(name, Specs.directory(), "Small", Specs.SMALL + judged);
    }
}
