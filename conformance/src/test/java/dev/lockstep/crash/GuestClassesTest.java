package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.crash.inside.StoreWhileWritten;
import dev.lockstep.guest.ClassFiles;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GuestClassesTest {

    @Test
    void theMirrorAndItsCompanionsGoIntoTheGuest() throws IOException {
        ClassFiles inside = ClassFiles.none().with(StoreWhileWritten.class, "dev.lockstep.crash.inside");
        assertThat(inside.count()).isPositive();
        assertThat(GuestClasses.all().count()).isGreaterThan(inside.count() + 50);
    }

    @Test
    void aPackageThatIsNotThereIsTold() {
        assertThatThrownBy(() -> ClassFiles.none().with(StoreWhileWritten.class, "dev.lockstep.nowhere"))
                .hasMessageContaining("dev.lockstep.nowhere");
    }
}
