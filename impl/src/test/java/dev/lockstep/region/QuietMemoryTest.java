package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the driver keeps in memory for each region of a volume that nobody uses. */
class QuietMemoryTest {
    static final List<Policy> POLICIES = Policy.all();

    @ParameterizedTest
    @FieldSource("POLICIES")
    void aQuietVolumeTakesOneByteOfTheMachineForEachRegion(Policy policy) throws IllegalAccessException {
        assertThat(bytesWhenQuiet(policy, 3000) - bytesWhenQuiet(policy, 1000)).isEqualTo(2000);
    }

    private static long bytesWhenQuiet(Policy policy, int regions) throws IllegalAccessException {
        Driven driven = Driven.open(policy, regions, 2, Driven.clean(regions));
        for (int region = 0; region < regions; region++) {
            driven.write(region);
        }
        // Every policy comes to rest by this, and memory is asked for after.
        driven.makeAll(Action.UNMOUNT_BEGIN);
        driven.makeAll(Action.RESTART);
        return arrayBytes(driven.machine, driven.machine.getClass());
    }

    /** The length of all arrays that an object of ours holds; a collection must be empty, so that it holds none. */
    private static long arrayBytes(Object object, Class<?> type) throws IllegalAccessException {
        long bytes = 0;
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(object);
                if (value == null || value instanceof Enum || value instanceof Policy) {
                    continue;
                } else if (value instanceof byte[] array) {
                    bytes += array.length;
                } else if (value instanceof int[] array) {
                    bytes += (long) Integer.BYTES * array.length;
                } else if (value instanceof Write[] array) {
                    assertThat(array).as(field.toString()).containsOnlyNulls();
                    bytes += (long) Long.BYTES * array.length;
                } else if (value instanceof WriteSteps[] array) {
                    // As many as there were writes in flight.
                    bytes += (long) Long.BYTES * array.length;
                } else if (value instanceof Collection<?> collection) {
                    assertThat(collection).as(field.toString()).isEmpty();
                } else if (value instanceof Map<?, ?> map) {
                    assertThat(map).as(field.toString()).isEmpty();
                } else if (value.getClass().isArray()) {
                    assertThat(Array.getLength(value)).as(field + ", an item for each leg or each state")
                            .isIn(2, RegionState.values().length);
                } else if (value.getClass().getPackage() == RegionMachine.class.getPackage()) {
                    // The table of regions is shared by the machine and its log's writer.
                    bytes += value instanceof RegionTable && object instanceof LogWriter ? 0
                            : arrayBytes(value, value.getClass());
                } else {
                    throw new AssertionError("what does " + field + " cost for each region?");
                }
            }
        }
        return bytes;
    }
}
