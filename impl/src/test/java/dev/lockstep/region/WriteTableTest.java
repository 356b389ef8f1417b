package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WriteTableTest {
    private WriteTable writes = new WriteTable();

    private Write taken(int id, int region, long first, long end) {
        Write write = new Write(id, region, new Extent(first, end), WritePhase.PARKED);
        writes.add(write);
        writes.countIn(write, false);
        return write;
    }

    /** What a write costs must not depend on how many wait already. */
    @Test
    void ofEverSoManyWritesOfOneBlockEachWaitsForOne() {
        List<Write> all = new ArrayList<>();
        for (int id = 0; id < 10_000; id++) {
            all.add(taken(id, 0, 5, 6));
        }
        assertThat(all).extracting(write -> write.holders).containsOnly(0, 1);
        assertThat(all).extracting(write -> write.held.size()).containsOnly(0, 1);
        for (Write write : all) {
            assertThat(writes.held(write)).isFalse();
            writes.end(write);
            assertThat(writes.behind(write)).hasSize(write.id == 9_999 ? 0 : 1);
        }
        assertThat(writes.isEmpty()).isTrue();
        assertThat(writes.pending(0)).isFalse();
    }

    /** Against the plain definition: a write is held by every earlier one that overlaps it and has not ended. */
    @Property
    void aWriteIsHeldWhileAnEarlierOneThatOverlapsItHasNotEnded(@ForAll @Size(max = 60) List<@IntRange(max = 999) Integer> choices) {
        writes = new WriteTable();
        List<Write> pending = new ArrayList<>();
        int id = 0;
        for (int choice : choices) {
            List<Write> free = pending.stream().filter(write -> !writes.held(write)).toList();
            if (choice % 3 == 0 && !free.isEmpty()) {
                Write ended = free.get(choice / 3 % free.size());
                writes.end(ended);
                pending.remove(ended);
            } else {
                int first = choice / 10 % 10;
                pending.add(taken(id++, choice / 100 % 2, first, first + 1 + choice % 10));
            }
            for (int i = 0; i < pending.size(); i++) {
                Write write = pending.get(i);
                boolean held = pending.subList(0, i).stream()
                        .anyMatch(earlier -> earlier.region == write.region && earlier.first < write.end && write.first < earlier.end);
                assertThat(writes.held(write)).as("write %d", write.id).isEqualTo(held);
            }
        }
    }
}
