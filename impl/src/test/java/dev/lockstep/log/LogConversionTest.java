package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Conversion both ways, and every crash in it: the bits are the old ones, or every region is dirty; and never are two logs trusted. */
class LogConversionTest {

    private static final int REGIONS = 8_192;
    private static final int DIRTY = 5_000;
    private static final long LENGTH = HardenedFormat.requiredLength(REGIONS);
    private static final Superblock VOLUME = new Superblock(new UUID(3, 4), REGIONS * 4096L, 4096, 1,
            List.of(new Superblock.LegEntry("/a", true, new Generation(7, 70)), new Superblock.LegEntry("/b", true, new Generation(7, 71))));

    private static LogImage image() {
        LogImage image = LogImage.allClean(REGIONS);
        image.markDirty(DIRTY);
        return image;
    }

    private static SectorLeg source(LogFormat from) throws IOException {
        SectorLeg leg = new SectorLeg(LENGTH);
        if (from == LogFormat.DM) {
            DirtyRegionLog.create(leg, image());
        } else {
            DirtyRegionLog.create(leg, VOLUME, image());
        }
        return leg;
    }

    private static DirtyRegionLog convert(LogFormat from, Leg source, Leg target) throws IOException {
        return from == LogFormat.DM ? LogConversion.toHardened(source, target, VOLUME)
                : LogConversion.toDm(source, target, VOLUME);
    }

    /** Whether a log is trusted; then its bits are the right ones. */
    private static boolean trusted(Leg leg) {
        LogContents found = LogContents.read(leg, REGIONS);
        if (found.distrust().isPresent()) {
            assertThat(found.image().cleanCount()).isZero();
            return false;
        }
        assertThat(found.image().dirtyCount()).isEqualTo(1);
        assertThat(found.image().isClean(DIRTY)).isFalse();
        return true;
    }

    @Test
    void theBitsAreKeptBothWays() throws IOException {
        for (LogFormat from : LogFormat.values()) {
            SectorLeg source = source(from);
            SectorLeg target = new SectorLeg(LENGTH);
            assertThat(convert(from, source, target).format()).isNotEqualTo(from);
            assertThat(LogFormat.of(target)).isNotEqualTo(from);
            assertThat(trusted(target)).isTrue();
            assertThat(trusted(source)).isFalse();
            assertThat(convert(from, source(from), source(from)).distrust()).isEmpty();
        }
    }

    @Test
    void aHardenedLogSaysOfWhichVolumeItIs() throws IOException {
        SectorLeg leg = source(LogFormat.DM);
        convert(LogFormat.DM, leg, leg);
        assertThat(DirtyRegionLog.open(leg, REGIONS).superblock()).contains(VOLUME);
    }

    @Test
    void everyCrashLeavesOneTrustedLogAtMost() throws IOException {
        for (LogFormat from : LogFormat.values()) {
            crashes(from, false, false);
            crashes(from, true, false);
        }
    }

    @Test
    void notVoidingTheSourceShows() {
        assertThatThrownBy(() -> crashes(LogFormat.DM, false, true)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> crashes(LogFormat.HARDENED, false, true)).isInstanceOf(AssertionError.class);
    }

    private static void crashes(LogFormat from, boolean inPlace, boolean sourceKept) throws IOException {
        for (int write = 0; write < 12; write++) {
            for (int keeps = 0; keeps < 4; keeps++) {
                SectorLeg source = source(from);
                SectorLeg target = inPlace ? source : new SectorLeg(LENGTH);
                source.tear(write, keeps);
                if (!inPlace) {
                    target.tear(write - (from == LogFormat.DM ? 1 : 2), keeps);
                }
                Leg used = sourceKept ? unwritten(source) : source;
                try {
                    convert(from, used, target);
                } catch (SectorLeg.Died e) {
                    // What it left is looked at.
                }
                assertThat(trusted(source) && !inPlace && trusted(target)).as("two logs are trusted").isFalse();
                source.forEachCut(LogConversionTest::trusted);
                target.forEachCut(cut -> assertThat(!inPlace && trusted(cut) && trusted(source)).isFalse());
            }
        }
    }

    private static Leg unwritten(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) {
                from.position(from.limit());
            }
        };
    }

    @Test
    void aTargetThatIsTooShortIsRefusedAndTheSourceIsAsItWas() throws IOException {
        SectorLeg source = source(LogFormat.DM);
        assertThatThrownBy(() -> convert(LogFormat.DM, source, new SectorLeg(4096))).isInstanceOf(StoreException.class)
                .hasMessage("log: is 4096 bytes long; expected at least 16384, as a hardened log of 8192 regions takes");
        assertThat(trusted(source)).isTrue();
    }
}
