package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Extent;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedBitsTest {
    private final RegionMachine machine = new RegionMachine(Policy.BOUNCE_COPY, 3, 2, 0, 1);
    private final LoggedBits logged = new LoggedBits(3);

    private LogUpdate aRegionTurnsDirty() {
        machine.restart(region -> region != 1);
        logged.found(region -> region != 1);
        machine.submit(0, 2, new Extent(2, 3));
        return machine.logWrite();
    }

    @Test
    void aLogWriteNamesTheBitsThatChange() {
        LogUpdate update = aRegionTurnsDirty();
        assertThatCode(() -> logged.write(update, machine)).doesNotThrowAnyException();
    }

    @Test
    void aBitThatDoesNotChangeIsNotToBeNamed() {
        LogUpdate update = aRegionTurnsDirty();
        LogUpdate more = new LogUpdate(true, false, List.of(new LogUpdate.Change(1, false), new LogUpdate.Change(2, false)));
        assertThatThrownBy(() -> logged.write(more, machine)).isInstanceOf(AdapterException.class).hasMessageContaining(update.changes().toString())
                .hasMessageContaining(more.changes().toString());
    }

    @Test
    void aBitThatChangesIsToBeNamed() {
        aRegionTurnsDirty();
        assertThatThrownBy(() -> logged.write(new LogUpdate(true, false, List.of()), machine)).isInstanceOf(AdapterException.class);
    }
}
