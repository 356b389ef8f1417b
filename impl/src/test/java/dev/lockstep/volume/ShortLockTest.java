package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShortLockTest {
    private static final int THREADS = 4;
    private static final int TIMES = 20_000;

    private final ShortLock lock = new ShortLock();
    /** Guarded by the lock; two additions at once would lose one. */
    private long counted;

    @Test
    @Timeout(60)
    void oneThreadAtATimeHoldsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> working = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            working.add(threads.submit(this::count));
        }
        for (Future<?> each : working) {
            each.get();
        }
        threads.shutdown();
        assertThat(counted).isEqualTo((long) THREADS * TIMES);
    }

    private void count() {
        for (int time = 0; time < TIMES; time++) {
            lock.lock();
            try {
                lock.lock();
                counted++;
                lock.unlock();
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void whoDoesNotHoldItCannotLetItGo() {
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    }
}
