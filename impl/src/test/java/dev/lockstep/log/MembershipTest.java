package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.StoreException;
import org.junit.jupiter.api.Test;

class MembershipTest {
    @Test
    void tellsWhichLegsAreOut() {
        Membership membership = new Membership(0b101, 1);

        assertThat(membership.isOut(0)).isTrue();
        assertThat(membership.isOut(1)).isFalse();
        assertThat(membership.isOut(2)).isTrue();
    }

    @Test
    void refusesASourceThatIsOut() {
        assertThatThrownBy(() -> new Membership(0b10, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leg 1").hasMessageContaining("a source that is in use is expected");
    }

    @Test
    void aVolumeWithNowhereToRecordSaysSo() {
        MembershipRecord none = MembershipRecord.none(Membership.whole(1));

        assertThat(none.found()).isEqualTo(new Membership(0, 1));
        assertThatThrownBy(() -> none.write(new Membership(0b1, 1))).isInstanceOf(StoreException.class)
                .hasMessageContaining("no place to record");
    }
}
