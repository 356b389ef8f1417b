package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The region size that is chosen from a volume's length. */
class LayoutTest {
    private static final long MOST_SECTORS = 1L << 42;

    @ParameterizedTest
    @CsvSource({"512, 524288", "1099511627776, 524288", "1099511628288, 1048576", "140737488355328, 67108864", "140737488355840, 67108864"})
    void theChosenSize(long bytes, int regionBytes) {
        assertThat(Layout.defaultRegionBytes(bytes)).isEqualTo(regionBytes);
    }

    @Property(seed = "2008", tries = 500)
    void aVolumeOfAnyLengthHasOneAndALongerOneNoSmallerRegions(@ForAll @LongRange(min = 1, max = MOST_SECTORS) long sectors) {
        Layout layout = Layout.of(sectors * 512, 2);
        assertThat(layout.regionBytes()).isLessThanOrEqualTo(Layout.defaultRegionBytes(sectors * 1024));
        assertThat(layout.regions()).isPositive();
        if (layout.regionBytes() > 512 << 10) {
            assertThat(layout.regions()).as("no larger than it has to be").isGreaterThan(1 << 20);
        }
        if (layout.regionBytes() < 64 << 20) {
            assertThat(layout.regions()).isLessThanOrEqualTo(2 << 20);
        }
    }
}
