package dev.lockstep.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that a test has go by. Tasks run in the thread that does that. */
final class Clockwork implements Schedule {
    private long now;
    private final List<Task> tasks = new ArrayList<>();
    private boolean closed;

    private static final class Task {
        private final Runnable body;
        private final long period;
        private long due;

        Task(Runnable body, long due, long period) {
            this.body = body;
            this.due = due;
            this.period = period;
        }
    }

    void pass(Duration time) {
        long end = nanos() + time.toNanos();
        for (Task next = next(end); next != null; next = next(end)) {
            next.body.run();
        }
    }

    /** The next task that is due until then; if there is none, it is then. */
    private synchronized Task next(long end) {
        Task next = tasks.stream().min((one, other) -> Long.compare(one.due, other.due)).orElse(null);
        if (closed || next == null || next.due > end) {
            now = end;
            return null;
        }
        now = next.due;
        if (next.period == 0) {
            tasks.remove(next);
        } else {
            next.due += next.period;
        }
        return next;
    }

    /** How many tasks will run once. */
    synchronized long once() {
        return tasks.stream().filter(task -> task.period == 0).count();
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void every(Duration period, Runnable task) {
        tasks.add(new Task(task, now + period.toNanos(), period.toNanos()));
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        tasks.add(new Task(task, now + delay.toNanos(), 0));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
