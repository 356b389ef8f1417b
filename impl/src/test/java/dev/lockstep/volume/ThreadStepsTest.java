package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadStepsTest {
    private static final Step STEP = Step.of(Action.LOG_WRITE);

    private final AtomicInteger run = new AtomicInteger();

    /** A step that offers others, to a depth. */
    private void grow(ThreadSteps steps, int depth) {
        run.incrementAndGet();
        for (int i = 0; i < depth; i++) {
            steps.offer(STEP, () -> grow(steps, depth - 1));
        }
    }

    @Test
    void closingAwaitsWhatWasOfferedAndWhatFollowsFromIt() {
        try (ThreadSteps steps = new ThreadSteps(3)) {
            steps.offer(STEP, () -> grow(steps, 5));
        }
        // 1 + 5 + 5*4 + 5*4*3 + ...
        assertThat(run).hasValue(326);
    }

    @Test
    void awaitingLeavesItOpen() {
        try (ThreadSteps steps = new ThreadSteps(2)) {
            steps.await();
            steps.offer(STEP, () -> grow(steps, 3));
            steps.await();
            assertThat(run).hasValue(16);
            steps.offer(STEP, run::incrementAndGet);
            steps.await();
            assertThat(run).hasValue(17);
        }
    }

    @Test
    void stepsRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        try (ThreadSteps steps = new ThreadSteps(2)) {
            for (int i = 0; i < 2; i++) {
                steps.offer(STEP, () -> {
                    both.countDown();
                    try {
                        both.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
            }
        }
        assertThat(both.getCount()).isZero();
    }

    @Test
    void onAnExecutorThatRunsATaskWhereItIsAllIsDoneWhenTheOfferReturns() {
        try (ThreadSteps steps = new ThreadSteps(Runnable::run)) {
            steps.offer(STEP, () -> grow(steps, 4));
            assertThat(run).hasValue(65);
        }
    }

    @Test
    void theCallersExecutorIsAwaitedAndStaysItsOwn() {
        List<Runnable> queue = new ArrayList<>();
        ThreadSteps steps = new ThreadSteps(queue::add);
        steps.offer(STEP, run::incrementAndGet);
        assertThat(queue).hasSize(1);
        queue.remove(0).run();
        steps.close();
        assertThat(run).hasValue(1);
    }

    @Test
    void whatAStepThrowsIsToldOnceToWhoeverWaits() {
        ThreadSteps steps = new ThreadSteps(2);
        steps.offer(STEP, () -> {
            throw new IllegalArgumentException("wrong");
        });
        assertThatThrownBy(steps::await).isInstanceOf(IllegalStateException.class)
                .hasMessage("a step was cut short: java.lang.IllegalArgumentException: wrong")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        steps.offer(STEP, run::incrementAndGet);
        steps.close();
        assertThat(run).hasValue(1);
    }

    @Test
    void anErrorIsToldOnClosingAndItIsClosedAllTheSame() {
        ThreadSteps steps = new ThreadSteps(1);
        steps.offer(STEP, () -> {
            throw new AssertionError("wrong");
        });
        assertThatThrownBy(steps::close).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> steps.offer(STEP, run::incrementAndGet)).isInstanceOf(RejectedExecutionException.class)
                .hasMessage("LogWrite(0, 0) was offered to a seam that is closed");
        steps.close();
        assertThat(run).hasValue(0);
    }

    @Test
    void aStepThatTheExecutorRefusesIsNotWaitedFor() {
        ThreadSteps steps = new ThreadSteps(task -> {
            throw new RejectedExecutionException("full");
        });
        assertThatThrownBy(() -> steps.offer(STEP, run::incrementAndGet)).hasMessage("full");
        steps.close();
    }

    @Test
    void anInterruptDoesNotCutAWaitShort() {
        CountDownLatch go = new CountDownLatch(1);
        try (ThreadSteps steps = new ThreadSteps(1)) {
            Thread waiting = Thread.currentThread();
            steps.offer(STEP, () -> {
                waiting.interrupt();
                run.incrementAndGet();
                go.countDown();
            });
            steps.await();
            assertThat(go.getCount()).isZero();
            assertThat(Thread.interrupted()).as("the interrupt is still pending").isTrue();
        }
        assertThat(run).hasValue(1);
    }

    @Test
    void withoutAThreadNothingWouldEverRun() {
        assertThatThrownBy(() -> new ThreadSteps(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
