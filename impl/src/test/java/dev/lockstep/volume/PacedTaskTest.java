package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a task does its next piece, and when it ends. */
@Timeout(60)
class PacedTaskTest {
    private static final long SECOND = 1_000_000_000;

    private final PausedClock clock = new PausedClock();

    /** Pieces of 1000 bytes, each of which may have to wait. */
    private final class Pieces extends PacedTask {
        private final int pieces;
        final Semaphore allowed = new Semaphore(0);
        volatile int done;
        volatile int ends;
        volatile boolean fails;

        Pieces(int pieces, long bytesPerSecond) {
            super(bytesPerSecond, clock);
            this.pieces = pieces;
        }

        @Override
        long region() throws IOException {
            if (fails) {
                throw new IOException("no more");
            }
            if (done == pieces) {
                return ENDED;
            }
            allowed.acquireUninterruptibly();
            done++;
            return 1000;
        }

        @Override
        void atEnd() {
            ends++;
        }

        @Override
        public TaskProgress progress() {
            return new TaskProgress(done, pieces - done, 0, 0);
        }
    }

    private Pieces stepped(int pieces, long bytesPerSecond) {
        Pieces task = new Pieces(pieces, bytesPerSecond);
        task.allowed.release(pieces);
        return task;
    }

    @Test
    void aPieceIsPaidForBeforeTheNextBegins() throws IOException {
        Pieces task = stepped(3, 500);
        assertThat(task.step()).isEqualTo(2 * SECOND);
        assertThat(task.step()).as("it is too early").isEqualTo(2 * SECOND);
        assertThat(task.done).isEqualTo(1);
        clock.pass(SECOND);
        assertThat(task.step()).isEqualTo(SECOND);
        assertThat(task.done).isEqualTo(1);
        clock.pass(SECOND);
        assertThat(task.step()).isEqualTo(2 * SECOND);
        assertThat(task.done).isEqualTo(2);
        clock.pass(100 * SECOND);
        task.step();
        assertThat(task.step()).as("what was not used is not saved up").isEqualTo(2 * SECOND);
        assertThat(task.done).isEqualTo(3);
    }

    @Test
    void thePaceIsChangedUnderway() throws IOException {
        Pieces task = stepped(9, 0);
        assertThat(task.step()).isZero();
        task.bytesPerSecond(100);
        assertThat(task.step()).isEqualTo(10 * SECOND);
        clock.pass(5 * SECOND);
        task.bytesPerSecond(250);
        assertThat(task.step()).as("500 bytes are left to be paid for").isEqualTo(2 * SECOND);
        task.bytesPerSecond(0);
        assertThat(task.step()).isZero();
        assertThat(task.done).isEqualTo(3);
        assertThatThrownBy(() -> task.bytesPerSecond(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pace is -1 bytes a second; 0, for no limit, or more is expected");
    }

    @Test
    void aPausedTaskDoesNothingUntilItIsResumed() throws IOException {
        Pieces task = stepped(1, 0);
        task.pause();
        assertThat(task.step()).isEqualTo(PacedTask.PAUSED);
        assertThat(task.done).isZero();
        task.resume();
        assertThat(task.step()).isZero();
        assertThat(task.step()).isEqualTo(PacedTask.ENDED);
        assertThat(task.step()).isEqualTo(PacedTask.ENDED);
        assertThat(task.hasEnded()).isTrue();
        assertThat(task.ends).isEqualTo(1);
        task.stop();
        assertThat(task.ends).as("it had ended").isEqualTo(1);
    }

    @Test
    void aTaskThatFailsHasEnded() throws IOException {
        Pieces task = stepped(2, 0);
        task.step();
        task.fails = true;
        assertThatThrownBy(task::step).isInstanceOf(IOException.class).hasMessage("no more");
        assertThat(task.step()).isEqualTo(PacedTask.ENDED);
        assertThat(task.ends).isZero();
        assertThatThrownBy(task::await).isInstanceOf(IOException.class).hasMessage("the task was cut short: no more");
    }

    @Test
    void aStartedTaskGoesOnByItselfAndWakesWhenThePaceAllows() throws IOException {
        Pieces task = new Pieces(2, 1);
        task.start();
        assertThatThrownBy(task::start).isInstanceOf(IllegalStateException.class);
        task.allowed.release(2);
        // The clock stands still, so the second piece is never due until there is no limit any more.
        task.bytesPerSecond(0);
        task.await();
        assertThat(task.done).isEqualTo(2);
        assertThat(task.ends).isEqualTo(1);
    }

    @Test
    void stoppingWaitsForThePieceUnderWay() throws Exception {
        Pieces task = new Pieces(2, 0);
        task.start();
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stopper = new Thread(() -> {
            Asking.ask(task::stop);
            stopped.countDown();
        });
        task.allowed.release();
        stopper.start();
        // The second piece may be under way, and is then let go; none comes after it.
        task.allowed.release();
        stopped.await();
        task.await();
        assertThat(task.hasEnded()).isTrue();
        assertThat(task.ends).isEqualTo(1);
        int done = task.done;
        assertThat(task.step()).isEqualTo(PacedTask.ENDED);
        assertThat(task.done).isEqualTo(done);
    }

    @Test
    void anInterruptOfWhoWaitsStaysPendingAndCutsNothingShort() throws IOException {
        Pieces task = stepped(3, 0);
        task.start();
        Thread.currentThread().interrupt();
        task.await();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(task.done).isEqualTo(3);
    }
}
