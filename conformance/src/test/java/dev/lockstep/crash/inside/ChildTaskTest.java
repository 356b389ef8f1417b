package dev.lockstep.crash.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildTaskTest {
    @Test
    void argumentsSayWhatTheTaskIs() {
        ChildTask task = new ChildTask(ChildTask.Job.RUN, Policy.MAYBE_DIRTY, -7, List.of(Path.of("/a/leg0"), Path.of("/b=c/leg1")),
                Path.of("/a/log"), new Layout(65536, 8192, 2, 1), LogFormat.DM, 12, 345, 678, 9,
                Optional.of(new Point(2, Point.Kind.FLUSH, 4, Point.Place.AFTER)));
        assertThat(ChildTask.parse(task.arguments().toArray(String[]::new))).isEqualTo(task);
    }
}
