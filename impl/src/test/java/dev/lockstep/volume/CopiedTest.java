package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What is copied for a write, and counted in later. */
class CopiedTest {
    private static final int REGION = 16 << 10;
    private static final Layout TWO_LEGS = new Layout(3 * REGION, REGION, 2, 0);

    private final QueueSteps steps = new QueueSteps();

    @Test
    void whatWasCopiedIsWrittenOnceWhateverBecomesOfTheMemory() throws IOException {
        Rig rig = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS);
        Volume volume = rig.open(steps);
        ByteBuffer memory = OnFiles.filled(1024, 1);
        Copied copied = volume.copy(memory.position(512));
        assertThat(memory.position()).isEqualTo(512);
        assertThat(copied.length()).isEqualTo(512);
        memory.put(600, (byte) 2);
        assertThatThrownBy(() -> volume.submit(copied, REGION - 256, new Told())).isInstanceOf(IndexOutOfBoundsException.class);
        Told told = new Told();
        volume.submit(copied, REGION, told);
        assertThat(copied.held()).isEqualTo(OnFiles.filled(512, 1));
        steps.run();
        assertThat(told.hasEnded()).isTrue();
        assertThat(rig.bytes(0, REGION, 512)).containsOnly(1);
        assertThat(rig.bytes(1, REGION, 512)).containsOnly(1);
        assertThatThrownBy(() -> volume.submit(copied, REGION, new Told())).isInstanceOf(IllegalStateException.class)
                .hasMessage("a copy of a caller's memory is for one write, and this one has been submitted");
    }
}
