package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The soak, short: counted in writes. {@code bench --soak} makes it as long as one likes. */
class SoakTest {
    private static final long SEED = 20081126;
    private static final int WRITES_OF_EACH = 150;

    @ParameterizedTest
    @ValueSource(strings = {"Original", "MaybeDirty", "CompareLegs"})
    void theLegsAreEqualAtTheEnd(String policy, @TempDir Path folder) throws IOException {
        SoakResult result = Soak.ofWrites(folder, Policy.named(policy).orElseThrow(), SEED, WRITES_OF_EACH);
        assertThat(result.writes()).isEqualTo(16L * WRITES_OF_EACH);
        assertThat(result.resynced()).as("regions were resynced meanwhile").isPositive();
        assertThat(result.scrubbed()).as("regions were scrubbed meanwhile").isPositive();
        assertThat(result.differing()).as(result.toString()).isEmpty();
        assertThat(result.isRight()).as(result.toString()).isTrue();
    }
}
