package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Action;
import dev.lockstep.region.Extent;
import dev.lockstep.region.Step;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static long shared(Extent one, Extent other) {
        return LongStream.range(one.first(), one.end()).filter(block -> block >= other.first() && block < other.end()).count();
    }

    @Test
    void eachPlaysItself() {
        Members members = Members.themselves();
        assertThat(members.regions(3)).isEqualTo(3);
        assertThat(members.played(2)).isEqualTo(2);
        assertThat(members.of(Step.of(Action.ISSUE, 1))).containsExactly(Step.of(Action.ISSUE, 1));
        assertThat(members.extent(1, 0, 4)).isEqualTo(new Extent(4, 5));
    }

    @Test
    void ofSeveralRegionsEachIsPlayedByOnesOfItsOwn() {
        Members members = Members.inOnePlace();
        List<Integer> first = members.from(0).stream().map(member -> members.region(0, member)).toList();
        List<Integer> second = members.from(0).stream().map(member -> members.region(1, member)).toList();
        assertThat(first).hasSize(5).doesNotHaveDuplicates().doesNotContainAnyElementsOf(second).allMatch(region -> members.played(region) == 0);
        assertThat(second).allMatch(region -> members.played(region) == 1 && region < members.regions(2));
        assertThat(members.played(1)).isNegative();
    }

    @Test
    void ofPartsThatAreApartEachOverlapsTheOtherWriteInPart() {
        Members members = Members.ofParts();
        assertThat(members.of(Step.of(Action.ISSUE, 0))).hasSize(3);
        assertThat(members.of(Step.of(Action.ISSUE, 1))).hasSize(1).doesNotContainAnyElementsOf(members.of(Step.of(Action.ISSUE, 0)));
        Extent other = members.extent(1, 0, 4);
        for (int part = 0; part < 3; part++) {
            Extent of = members.extent(0, part, 4);
            assertThat(shared(of, other)).isPositive();
            assertThat(shared(of, members.extent(0, (part + 1) % 3, 4))).isZero();
            assertThat(shared(of, members.extent(1, 0, 5))).as("of another block").isZero();
        }
        assertThat(shared(members.extent(0, 0, 4), other)).isEqualTo(1);
    }
}
