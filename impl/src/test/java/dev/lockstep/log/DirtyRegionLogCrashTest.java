package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Every content that a power cut can leave of a small log, at every instant: each is a log that cannot be trusted, or
 * one whose bits are each the one before or the one after.
 */
class DirtyRegionLogCrashTest {

    /** Three sectors of bits: regions 0 to 4095, 4096 to 8191, 8192 to 9999. */
    private static final int REGIONS = 10_000;

    /** An old log of another volume with as many regions: of all leftovers the one most like the new log. */
    private static byte[] leftovers() {
        return DmLogFormat.encode(LogImage.allClean(REGIONS)).array();
    }

    @Test
    void creatingOverAnOldLogNeverBringsItsBitsBack() throws IOException {
        RecordingLeg leg = new RecordingLeg(leftovers());
        DirtyRegionLog.create(leg, LogImage.allDirty(REGIONS));
        AtomicInteger asOld = new AtomicInteger();
        AtomicInteger asNew = new AtomicInteger();
        leg.forEachCrash(left -> {
            LogContents found = LogContents.read(new RecordingLeg(left), REGIONS);
            if (Arrays.equals(left, leftovers())) {
                asOld.incrementAndGet();
            } else {
                assertThat(found.image().cleanCount()).isZero();
                asNew.addAndGet(found.distrust().isEmpty() ? 1 : 0);
            }
        });
        // The old log as it was until it has been voided, and the new one from the last write on.
        assertThat(asOld).hasValue(2);
        assertThat(asNew).hasValue(2);
    }

    @Test
    void makingADistrustedLogGoodNeverTrustsWhatLayAbout() throws IOException {
        byte[] foreign = leftovers();
        foreign[8]--;
        RecordingLeg leg = new RecordingLeg(foreign);
        DirtyRegionLog log = DirtyRegionLog.open(leg, REGIONS);
        log.image().markClean(9_999);
        log.write();
        log.beginFlush().await();
        AtomicInteger trusted = new AtomicInteger();
        leg.forEachCrash(left -> {
            LogContents found = LogContents.read(new RecordingLeg(left), REGIONS);
            if (found.distrust().isEmpty()) {
                trusted.incrementAndGet();
                assertThat(found.image().cleanCount()).isEqualTo(1);
                assertThat(found.image().isClean(9_999)).isTrue();
            } else {
                assertThat(found.image().cleanCount()).isZero();
            }
        });
        assertThat(trusted).hasValue(2);
    }

    @Test
    void anUpdateThatIsTornLeavesEachBitOldOrNew() throws IOException {
        LogImage image = LogImage.allClean(REGIONS);
        image.markDirty(5_000);
        RecordingLeg leg = new RecordingLeg(DmLogFormat.encode(image).array());
        DirtyRegionLog log = DirtyRegionLog.open(leg, REGIONS);
        log.image().markDirty(0);
        log.image().markDirty(9_000);
        log.image().markClean(5_000);
        log.write();
        log.beginFlush().await();
        AtomicInteger crashes = new AtomicInteger();
        leg.forEachCrash(left -> {
            LogContents found = LogContents.read(new RecordingLeg(left), REGIONS);
            assertThat(found.distrust()).isEmpty();
            for (int region = 0; region < REGIONS; region++) {
                if (region != 0 && region != 9_000 && region != 5_000) {
                    assertThat(found.image().isClean(region)).isTrue();
                }
            }
            crashes.incrementAndGet();
        });
        // Nothing done; any subset of the five sectors written; flushed.
        assertThat(crashes).hasValue(1 + 32 + 1);
        assertThat(leg.content()).isEqualTo(DmLogFormat.encode(log.image()).array());
    }
}
