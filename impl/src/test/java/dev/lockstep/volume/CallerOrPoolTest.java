package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CallerOrPoolTest {
    private final List<Object> seen = new CopyOnWriteArrayList<>();

    @Test
    void whatFollowsIsRunInTheThreadThatWaitsAndAfterWhatItFollows() throws IOException {
        try (CallerOrPool steps = new CallerOrPool(2)) {
            steps.here(() -> {
                steps.offer(Step.of(Action.ISSUE, 0), () -> {
                    steps.offer(Step.of(Action.END_WRITE, 0), () -> seen.add(Thread.currentThread()));
                    seen.add(steps.followsAtOnce());
                });
                assertThat(seen).isEmpty();
            });
            assertThat(seen).containsExactly(true, Thread.currentThread());
            assertThat(steps.followsAtOnce()).isFalse();
        }
    }

    @Test
    void whatIsOfferedByAThreadThatWaitsForNothingIsRunByAnother() {
        try (CallerOrPool steps = new CallerOrPool(2)) {
            steps.offer(Step.of(Action.ISSUE, 0), () -> seen.add(Thread.currentThread()));
        }
        assertThat(seen).as("closing waits for it").hasSize(1).doesNotContain(Thread.currentThread());
    }

    /** Each waits for the other: one after the other they would wait for ever. */
    @Test
    @Timeout(60)
    void theFlushesOfARoundGoOnAtTheSameTime() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        try (CallerOrPool steps = new CallerOrPool(2)) {
            steps.here(() -> {
                for (int leg = 0; leg < 2; leg++) {
                    steps.offer(Step.of(Action.LEG_FLUSH_END, leg), () -> {
                        try {
                            seen.add(both.await());
                        } catch (InterruptedException | BrokenBarrierException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                }
            });
        }
        assertThat(seen).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void whatAStepThrowsIsToldOnceAndKeepsNoOtherFromBeingRun() throws IOException {
        CallerOrPool steps = new CallerOrPool(1);
        steps.here(() -> {
            steps.offer(Step.of(Action.ISSUE, 0), () -> {
                throw new IllegalArgumentException("thrown on purpose");
            });
            steps.offer(Step.of(Action.ISSUE, 1), () -> seen.add(1));
        });
        assertThat(seen).containsExactly(1);
        assertThatThrownBy(steps::close).isInstanceOf(IllegalStateException.class).hasMessageContaining("thrown on purpose");
        steps.close();
    }
}
