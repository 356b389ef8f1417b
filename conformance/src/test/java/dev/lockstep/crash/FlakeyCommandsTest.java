package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.volume.Layout;
import org.junit.jupiter.api.Test;

class FlakeyCommandsTest {
    private static final Layout LAYOUT = new Layout(65536, 16384, 2, 0);
    private final FlakeyCommands raw = new FlakeyCommands(LAYOUT, LogFormat.HARDENED, false);
    private final FlakeyCommands files = new FlakeyCommands(LAYOUT, LogFormat.DM, true);

    @Test
    void aCutSuspendsAllThenLoadsAllThenResumesAllThenKills() {
        assertThat(raw.cut("token", "KILL")).containsSubsequence("exec 3<>/dev/mapper/leg0", "exec 5<>/dev/mapper/log",
                "dmsetup suspend --nolockfs leg0 leg1 log", "dmsetup load leg0", "drop_writes", "dmsetup load leg1", "drop_writes",
                "dmsetup load log", "drop_writes", "dmsetup resume leg0 leg1 log", "of=/dev/mapper/leg0", "of=/dev/mapper/log", "KILL")
                .endsWith("KILL");
    }

    @Test
    void aSuspendedDeviceIsNeitherWrittenNorRead() {
        String cut = raw.cut("token", "KILL");
        assertThat(cut.substring(cut.indexOf("suspend"), cut.indexOf("resume"))).doesNotContain("dd ");
        cut = files.cut("token", "KILL");
        assertThat(cut.substring(cut.indexOf("suspend"))).doesNotContain("dd ");
        assertThat(cut).containsSubsequence("of=/m/leg0/canary-false", "of=/m/log/canary-false", "suspend");
    }

    @Test
    void anUnflushedCanaryIsNotFlushedAndAFlushedOneIs() {
        assertThat(raw.cut("token", "KILL")).doesNotContain("fsync");
        assertThat(raw.make("token")).containsSubsequence("printf token", "of=/dev/mapper/log", "conv=notrunc,sync,fsync");
    }

    @Test
    void oneDeviceFailsAndNoOtherIsTouched() {
        assertThat(raw.fail("leg1", "token")).containsSubsequence("suspend --nolockfs leg1", "load leg1", "error_writes", "resume leg1",
                "of=/dev/mapper/leg1").doesNotContain("leg0").doesNotContain("log");
    }

    @Test
    void thePowerComesBackBeforeTheCanariesAreLookedAt() {
        assertThat(files.powerOn("next")).containsSubsequence("umount /m/leg0", "umount /m/log", "drop_caches", "load leg0", "load log",
                "resume leg0 leg1 log", "mount -t ext4 /dev/mapper/leg0", "echo canary leg0 true", "echo canary log false",
                "of=/dev/disk/log-left", "printf next").doesNotContain("drop_writes");
        assertThat(raw.powerOn("next")).doesNotContain("mount");
    }
}
