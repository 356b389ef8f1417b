package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.StoreException;
import org.junit.jupiter.api.Test;

class MembershipTest {
    @Test
    void tellsWhichLegsAreOut() {
        Membership membership = new Membership(0b101, 1, 0b100);

        assertThat(membership.isOut(0)).isTrue();
        assertThat(membership.isOut(1)).isFalse();
        assertThat(membership.isOut(2)).isTrue();
        assertThat(membership.isAbsent(0)).isFalse();
        assertThat(membership.isAbsent(2)).isTrue();
        assertThat(membership.within(2)).isEqualTo(new Membership(0b1, 1, 0));
    }

    @Test
    void refusesASourceThatIsOut() {
        assertThatThrownBy(() -> new Membership(0b10, 1, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leg 1").hasMessageContaining("a source that is in use is expected");
    }

    @Test
    void refusesASlotWithoutALegThatIsNotOut() {
        assertThatThrownBy(() -> new Membership(0b10, 0, 0b100)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the slots without a leg are 100 and the legs out of use are 10; each slot without a leg is expected to be out");
    }

    @Test
    void aVolumeWithNowhereToRecordSaysSo() {
        MembershipRecord none = MembershipRecord.none(Membership.whole(1));

        assertThat(none.found()).isEqualTo(new Membership(0, 1, 0));
        assertThatThrownBy(() -> none.write(new Membership(0b1, 1, 0))).isInstanceOf(StoreException.class)
                .hasMessageContaining("no place to record");
    }
}
