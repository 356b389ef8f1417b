package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut leaves is what the volatile caches allow, of the simulated devices and in the specification. */
@LongTest
class PowerCutRecordingTest {
    private static final RunSettings SMALLEST = new RunSettings(Policy.ORIGINAL, new Size(1, 1, 2, 4), Storing.MMAP, LogFormat.DM, Seam.POOL, true, 1, 60);

    @TempDir
    private Path folder;

    private static void add(List<Event> events, String what, Value... arguments) {
        long begin = events.isEmpty() ? 1 : events.get(events.size() - 1).end() + 1;
        events.add(new Event(what, List.of(arguments), true, begin, begin + 1));
    }

    private static void logged(List<Event> events, boolean clean) {
        add(events, "LogWrite", Value.tuple(List.of(Value.of(clean))));
        add(events, "LogFlushBegin");
        add(events, "LogFlushEnd");
    }

    private static Value block(int content) {
        return Value.tuple(List.of(Value.of(content)));
    }

    /** Content 2 was written in place of 0, and flushed or not; a power cut left this. */
    private static Recording cut(boolean flushed, int leg0, int leg1, boolean clean) {
        List<Event> events = new ArrayList<>();
        add(events, "Restart");
        logged(events, true);
        add(events, "DirectWrite", Value.of(1), Value.of(0), Value.of(2));
        logged(events, false);
        add(events, "Issue", Value.of(1));
        add(events, "LegWrite", Value.of(1), Value.of(0), Value.of(0), Value.of(2));
        add(events, "LegWrite", Value.of(1), Value.of(0), Value.of(1), Value.of(2));
        add(events, "EndWrite", Value.of(1));
        add(events, "FlushBegin");
        add(events, "LegFlushEnd", Value.of(0));
        if (flushed) {
            add(events, "LegFlushEnd", Value.of(1));
            add(events, "RoundEnd");
        }
        add(events, "Kill");
        add(events, "PowerCut", Value.tuple(List.of(block(leg0), block(leg1))), Value.tuple(List.of(Value.of(clean))));
        return Recording.of(SMALLEST, events);
    }

    @Test
    void whatWasFlushedIsThereAndWhatWasNotMayBe() throws IOException {
        List<Recording> recordings = List.of(cut(false, 2, 2, false), cut(false, 2, 0, false), cut(true, 2, 2, false),
                cut(true, 2, 0, false), cut(true, 2, 2, true));
        try (Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5))) {
            List<Validator.Verdict> verdicts = validator.judge(recordings, folder).verdicts();
            assertThat(verdicts.subList(0, 3)).allSatisfy(verdict -> assertThat(verdict.rejection()).isEmpty());
            assertThat(verdicts.subList(3, verdicts.size())).allSatisfy(verdict -> {
                assertThat(verdict.rejection().orElseThrow().event()).startsWith("PowerCut(");
                assertThat(verdict.rejection().orElseThrow().guards()).containsExactly("PowerCut: its guards hold, and what it leaves is something else");
            });
        }
    }

    private static ByteBuffer sector(int content) {
        return ByteBuffer.allocateDirect(Leg.SECTOR).putLong(0, content);
    }

    /** What a cut leaves of a sector that had 0, was given 1, flushed, given 2, and 3 while a flush was under way that then ended, or did not. */
    private Set<Long> left(boolean ended) throws IOException {
        Set<Long> left = new TreeSet<>();
        for (int seed = 0; seed < 40; seed++) {
            try (FileLeg file = FileLeg.create(folder.resolve("leg" + ended + seed), Leg.SECTOR)) {
                CachingLeg leg = new CachingLeg(file);
                leg.write(sector(1), 0);
                leg.beginFlush().await();
                leg.write(sector(2), 0);
                Flush flush = leg.beginFlush();
                leg.write(sector(3), 0);
                if (ended) {
                    flush.await();
                }
                leg.cut(new SplittableRandom(seed));
                ByteBuffer found = ByteBuffer.allocateDirect(Leg.SECTOR);
                leg.read(found, 0);
                left.add(found.getLong(0));
            }
        }
        return left;
    }

    @Test
    void theSimulatedCacheLosesWhatNoFlushHasCovered() throws IOException {
        assertThat(left(true)).containsExactly(2L, 3L);
        assertThat(left(false)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatAMirrorIsFoundWithAfterAPowerCutIsAllowed() throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (LogFormat format : List.of(LogFormat.HARDENED, LogFormat.DM)) {
            RunSettings settings = new RunSettings(Policy.ORIGINAL, new Size(2, 1, 2, 4), Storing.MMAP, format, Seam.POOL, true, 8, 200);
            recordings.add(Recording.of(settings, Files.createDirectory(folder.resolve(format.name()))));
        }
        assertThat(recordings).allSatisfy(recording -> assertThat(recording.all()).extracting(Event::what).contains("PowerCut"));
        try (Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5))) {
            assertThat(validator.judge(recordings, Files.createDirectory(folder.resolve("spec"))).verdicts())
                    .allSatisfy(verdict -> assertThat(verdict.faults()).isEmpty());
        }
    }
}
