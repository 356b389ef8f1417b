package dev.lockstep.crash.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cycle over a rig whose children do what the test says: everything that a mirror may do wrong is told by its name. */
class CrashCycleTest {
    private static final Layout LAYOUT = new Layout(8192, 4096, 2, 0);
    private static final long BLOCK = 4;

    @TempDir
    private Path folder;
    private final Deque<Life> lives = new ArrayDeque<>();
    private final List<String> kept = new ArrayList<>();
    private String voided = "";

    /** What a child does to the files, and tells. */
    private interface Life {
        List<String> live() throws IOException;
    }

    @BeforeEach
    void makeVolume() throws IOException {
        for (Path leg : legs()) {
            FileLeg.create(leg, LAYOUT.bytes()).close();
        }
        try (FileLeg log = FileLeg.create(log(), DmLogFormat.requiredLength(LAYOUT.regions()))) {
            DirtyRegionLog.create(log, LogImage.allClean(LAYOUT.regions()));
        }
    }

    private List<Path> legs() {
        return List.of(folder.resolve("leg0"), folder.resolve("leg1"));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void put(int leg, long content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
        Stamp.put(BLOCK, content, bytes);
        try (FileLeg file = FileLeg.open(legs().get(leg), Access.READ_WRITE)) {
            file.write(bytes.flip(), BLOCK * Stamp.BLOCK);
        }
    }

    private void mark(boolean clean) throws IOException {
        try (FileLeg file = FileLeg.open(log(), Access.READ_WRITE)) {
            DirtyRegionLog.create(file, clean ? LogImage.allClean(LAYOUT.regions()) : LogImage.allDirty(LAYOUT.regions()));
        }
    }

    private final class ScriptedRig implements Rig {
        @Override
        public List<Path> legs() {
            return CrashCycleTest.this.legs();
        }

        @Override
        public Path log() {
            return CrashCycleTest.this.log();
        }

        @Override
        public LogFormat format() {
            return LogFormat.DM;
        }

        @Override
        public boolean cutsPower() {
            return false;
        }

        @Override
        public int slowness() {
            return 1;
        }

        @Override
        public ChildLife.Fate live(ChildTask task, long afterReady) throws IOException {
            List<String> told = lives.isEmpty() ? List.of("R", "U") : lives.pop().live();
            return new ChildLife.Fate(told, !told.contains("U") && !told.contains("X broken"), false, false, voided, told.size());
        }

        @Override
        public List<Path> left() {
            return List.of(legs().get(0), legs().get(1), log());
        }

        @Override
        public String keep(String name, String text) {
            kept.add(text);
            return "kept";
        }

        @Override
        public void close() {
            // The test's folder goes by itself.
        }
    }

    private CycleResult run(boolean mayDesync) throws IOException {
        return new CrashCycle(new ScriptedRig(), Policy.BOUNCE_COPY, LAYOUT, mayDesync, 1).run(1);
    }

    @Test
    void aMirrorThatKeepsWhatItAcknowledgedIsRight() throws IOException {
        lives.add(() -> {
            put(0, 5);
            put(1, 5);
            return List.of("R", "D 1 4 1 5", "d 1");
        });
        CycleResult result = run(false);
        assertThat(result.failures()).isEmpty();
        assertThat(result.crashes()).isOne();
    }

    @Test
    void anAcknowledgedWriteThatIsGoneIsLost() throws IOException {
        lives.add(() -> List.of("R", "D 1 4 1 5", "d 1"));
        CycleResult result = run(false);
        assertThat(result.lost()).isOne();
        assertThat(result.failures()).singleElement().asString().contains("block 4").contains("content 0").contains("[content 5]");
        assertThat(kept).singleElement().asString().contains("D 1 4 1 5");
    }

    @Test
    void legsThatDifferUnderAClearBitAreADesyncAndAFailureUnlessThePolicyMay() throws IOException {
        Life tears = () -> {
            put(1, 5);
            return List.of("R", "D 1 4 1 5");
        };
        lives.add(tears);
        CycleResult result = run(false);
        assertThat(result.desyncs()).isOne();
        assertThat(result.failures()).singleElement().asString().startsWith("desync: block 4");
        lives.add(tears);
        assertThat(run(true).failures()).isEmpty();
    }

    @Test
    void aRecoveryThatChangesTheSourceIsCaught() throws IOException {
        lives.add(() -> {
            put(0, 5);
            mark(false);
            return List.of("R", "D 1 4 1 5");
        });
        lives.add(() -> {
            put(0, 0);
            mark(true);
            return List.of("R", "U");
        });
        assertThat(run(false).failures()).singleElement().asString().contains("[content 5] may be there");
    }

    @Test
    void aRecoveryThatLeavesARegionDirtyIsCaught() throws IOException {
        lives.add(() -> {
            mark(false);
            return List.of("R");
        });
        assertThat(run(false).failures()).singleElement().asString().contains("2 regions are dirty");
    }

    @Test
    void aChildThatFindsSomethingWrongIsBelieved() throws IOException {
        lives.add(() -> List.of("R", "X block 4 was read as content 3"));
        assertThat(run(false).failures()).singleElement().asString().contains("was read as content 3");
    }

    @Test
    void aChildThatDiesByItselfIsAFailure() throws IOException {
        lives.add(() -> List.of("R", "X broken"));
        assertThat(run(false).failures()).first().asString().contains("died by itself");
    }

    @Test
    void aLogThatCannotBeTrustedAfterACrashIsAFailure() throws IOException {
        lives.add(() -> {
            try (FileLeg file = FileLeg.open(log(), Access.READ_WRITE)) {
                file.write(ByteBuffer.allocate(Stamp.BLOCK), 0);
            }
            return List.of("R");
        });
        assertThat(run(false).failures()).first().asString().contains("distrusted");
    }

    @Test
    void aDeathThatDoesNotCountIsNotJudged() throws IOException {
        voided = "the canary has survived";
        lives.add(() -> {
            put(1, 5);
            return List.of("R");
        });
        CycleResult result = run(false);
        assertThat(result.voidCuts()).isOne();
        assertThat(result.crashes()).isZero();
        assertThat(result.failures()).isEmpty();
    }
}
