package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RegionSetTest {
    private static TreeSet<Integer> all(RegionSet set) {
        TreeSet<Integer> seen = new TreeSet<>();
        set.each(region -> assertThat(seen.add(region)).as("region %d is seen once", region).isTrue());
        return seen;
    }

    /** Numbers below 40 are added, those from 40 on take out what is 40 below, and one clears: so it grows, shrinks and collides. */
    @Property
    void isASet(@ForAll @Size(max = 300) List<@IntRange(max = 80) Integer> operations, @ForAll @IntRange(min = 1, max = 1 << 20) int stride) {
        RegionSet set = new RegionSet();
        TreeSet<Integer> expected = new TreeSet<>();
        for (int operation : operations) {
            int region = operation % 40 * stride;
            if (operation == 80) {
                set.clear();
                expected.clear();
            } else if (operation < 40) {
                set.add(region);
                expected.add(region);
            } else {
                set.remove(region);
                expected.remove(region);
            }
            assertThat(set.contains(region)).isEqualTo(expected.contains(region));
            assertThat(set.isEmpty()).isEqualTo(expected.isEmpty());
        }
        assertThat(all(set)).isEqualTo(expected);
    }

    @Test
    void takesOutOneAfterTheOtherOfMany() {
        RegionSet set = new RegionSet();
        TreeSet<Integer> expected = new TreeSet<>();
        for (int region = 0; region < 10_000; region++) {
            set.add(region * 7);
            expected.add(region * 7);
        }
        for (int region = 0; region < 10_000; region += 3) {
            set.remove(region * 7);
            expected.remove(region * 7);
        }
        assertThat(all(set)).isEqualTo(expected);
        RegionSet both = new RegionSet();
        both.add(1);
        both.addAll(set);
        expected.add(1);
        assertThat(all(both)).isEqualTo(expected);
    }
}
