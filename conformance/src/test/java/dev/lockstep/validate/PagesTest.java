package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PagesTest {
    /** Its change may have been cut off between mark and store, and there is no cache any more. */
    @Test
    void nothingIsDoneToAPageOfAMirrorThatIsDead() throws IOException, InterruptedException {
        Recorder recorder = new Recorder();
        RunSettings settings = new RunSettings(Policy.LOCK_BUFFERS, new Size(2, 1, 2, 4), Storing.MARK_STORE, LogFormat.DM, Seam.POOL, 1, 1);
        new Pages(null, () -> true, recorder, settings).change(new SplittableRandom(1));
        assertThat(recorder.count()).isZero();
    }
}
