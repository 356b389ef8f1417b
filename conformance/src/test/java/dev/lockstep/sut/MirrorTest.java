package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    /** A page with content 1 is on its way to both legs, and leg 1 has it. */
    private static final List<String> ONE_LEG_WRITTEN = List.of("Restart", "Store 0 1", "MarkPageDirty 0", "WriteBackClear 0 0",
            "Submit 0", "LogWrite", "LogFlushBegin", "LogFlushEnd", "Issue 0", "LegWrite 0 0 1");
    private static final int LOG = 2;

    @TempDir(factory = InMemory.class)
    private Path temporary;
    private final Map<String, Variable> variables = Variables.of(Size.SMALLEST).stream()
            .collect(Collectors.toMap(Variable::name, Function.identity()));
    private final Stamps stamps = new Stamps(1, 2);
    private Mirror mirror;

    @BeforeEach
    void make() throws IOException {
        mirror = new Mirror(temporary, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.STORE_MARK), LogFormat.DM, stamps, 0);
    }

    @AfterEach
    void close() throws IOException {
        mirror.close();
        assertThat(temporary).isEmptyDirectory();
    }

    private static Label label(String text) {
        String[] words = text.split(" ");
        return Label.of(words[0], Arrays.stream(words).skip(1).map(word -> new IntValue(Long.parseLong(word))).toArray(Value[]::new));
    }

    private void perform(List<String> labels) throws IOException {
        for (String each : labels) {
            assertThat(mirror.prepare(label(each)).enabled()).as(each).isTrue();
            mirror.prepare(label(each)).perform();
        }
    }

    private String value(String variable) throws IOException {
        return variables.get(variable).decode(variables.get(variable).observe(mirror)).toString();
    }

    private List<byte[]> files() throws IOException {
        return List.of(Files.readAllBytes(mirror.files().get(0)), Files.readAllBytes(mirror.files().get(1)),
                Files.readAllBytes(mirror.files().get(LOG)));
    }

    private byte[] stamp(int value) {
        byte[] bytes = new byte[Size.BLOCK_BYTES];
        stamps.bytes(0, value).get(bytes);
        return bytes;
    }

    /** Only where there is more than one block can a write be asked to reach a leg with a block that is not its own. */
    @Test
    void aWriteReachesTheLegsWithTheBlockThatItIsOfAndWithNoOther() throws IOException {
        mirror.close();
        mirror = new Mirror(temporary, new Size(1, 2, 2, 1), Policy.ORIGINAL, Surroundings.of(Storing.MMAP), LogFormat.DM, new Stamps(2, 2), 0);
        perform(List.of("Restart", "Store 1 1", "WriteBackClear 0 1", "Submit 0", "LogWrite", "LogFlushBegin", "LogFlushEnd", "Issue 0"));
        for (String leg : List.of("0", "1")) {
            assertThat(mirror.prepare(label("LegWrite 0 1 " + leg)).enabled()).isTrue();
            assertThat(mirror.prepare(label("LegWrite 0 0 " + leg)).enabled()).isFalse();
        }
        perform(List.of("LegWrite 0 1 0", "LegWrite 0 1 1", "EndWrite 0"));
    }

    @Test
    void aNewVolumeIsThatOfTheSpec() throws IOException {
        assertThat(value("mode")).isEqualTo("\"down\"");
        assertThat(value("leg")).isEqualTo("(0 :> [may |-> (0 :> {0}), now |-> (0 :> 0), since |-> (0 :> {})] @@ "
                + "1 :> [may |-> (0 :> {0}), now |-> (0 :> 0), since |-> (0 :> {})])");
        assertThat(value("log")).isEqualTo("[may |-> {(0 :> TRUE)}, now |-> (0 :> TRUE), since |-> {}]");
        assertThat(mirror.image()).isEqualTo(mirror.created(0));
        assertThat(mirror.image()).isNotEqualTo(mirror.created(1));
    }

    @Test
    void theOtherNewVolumeHasItsContentInEveryBlock() throws IOException {
        mirror.load(mirror.created(1));
        assertThat(mirror.bytes(0, 0)).isEqualTo(stamp(1));
        assertThat(mirror.bytes(1, 0)).isEqualTo(stamp(1));
        assertThat(mirror.image()).isEqualTo(mirror.created(1));
    }

    @Test
    void anImageIsTheBytesAndPuttingItBackBringsThemBack() throws IOException {
        perform(ONE_LEG_WRITTEN);
        DiskImage image = mirror.image();
        List<byte[]> then = files();
        perform(List.of("LegWrite 0 0 0", "EndWrite 0", "Quiesce 0", "CertifyBegin", "LegFlushEnd 0", "LegFlushEnd 1", "CertifyEnd",
                "LogWrite"));
        assertThat(files().get(0)).isNotEqualTo(then.get(0));
        assertThat(files().get(LOG)).isNotEqualTo(then.get(LOG));
        mirror.abandon();
        mirror.load(image);
        for (int file = 0; file <= LOG; file++) {
            assertThat(files().get(file)).as("file %s", file).isEqualTo(then.get(file));
        }
        assertThat(mirror.image()).isEqualTo(image);
    }

    @Test
    void aKillLeavesVolatileWhatWasVolatile() throws IOException {
        perform(ONE_LEG_WRITTEN);
        DiskImage image = mirror.image();
        perform(List.of("Kill"));
        assertThat(value("mode")).isEqualTo("\"down\"");
        assertThat(mirror.image()).isEqualTo(image);
        assertThat(value("leg")).contains("1 :> [may |-> (0 :> {0, 1}), now |-> (0 :> 1), since |-> (0 :> {})]");
        perform(List.of("Restart"));
        assertThat(value("leg")).as("after the restart too")
                .contains("1 :> [may |-> (0 :> {0, 1}), now |-> (0 :> 1), since |-> (0 :> {})]");
    }

    @Test
    void aKillCutsAFlushOff() throws IOException {
        perform(ONE_LEG_WRITTEN);
        perform(List.of("FlushBegin"));
        assertThat(value("leg")).contains("1 :> [may |-> (0 :> {0, 1}), now |-> (0 :> 1), since |-> (0 :> {1})]");
        perform(List.of("Kill"));
        assertThat(value("leg")).contains("1 :> [may |-> (0 :> {0, 1}), now |-> (0 :> 1), since |-> (0 :> {})]");
    }

    @Test
    void aCutKeepsWhatItIsToldTo() throws IOException {
        perform(ONE_LEG_WRITTEN);
        DiskImage killed = mirror.image();
        long log = mirror.logOf(killed);
        for (int kept = 0; kept < 2; kept++) {
            DiskImage cut = mirror.cut(killed, legs(0, kept), log);
            assertThat(mirror.legsOf(cut)).isEqualTo(legs(0, kept));
            assertThat(cut.legs().get(1)).isEqualTo(new DeviceImage(new int[] {kept}, new long[] {1L << kept}));
        }
    }

    @Test
    void aCutToWhatTheCachesDoNotHoldIsRefused() throws IOException {
        perform(ONE_LEG_WRITTEN);
        DiskImage killed = mirror.image();
        long dirty = mirror.logOf(killed);
        long clean = mirror.logOf(mirror.created(0));
        assertThatThrownBy(() -> mirror.cut(killed, legs(1, 1), dirty)).isInstanceOf(RefusedException.class)
                .hasMessage("a power cut cannot leave content 1 in unit 0 of device 0; it may leave 1");
        assertThatThrownBy(() -> mirror.cut(killed, legs(0, 1), clean)).isInstanceOf(RefusedException.class)
                .hasMessage("a power cut cannot leave the bits 1 in the log");
    }

    /** The code of legs that hold these contents, durably. */
    private long legs(int leg0, int leg1) throws IOException {
        Value[] devices = new Value[2];
        for (int leg = 0; leg < 2; leg++) {
            Value content = Value.of(leg == 0 ? leg0 : leg1);
            devices[leg] = Value.record(Map.of("now", atZero(content), "may", atZero(Value.set(content)), "since", atZero(Value.set())));
        }
        return variables.get("leg").encode(Value.function(Map.of(Value.of(0), devices[0], Value.of(1), devices[1])));
    }

    private static Value atZero(Value value) {
        return Value.function(Map.of(Value.of(0), value));
    }

    @Test
    void anImageIsPutIntoFilesOnlyWhenNoMirrorHasThemOpen() throws IOException {
        perform(List.of("Restart"));
        assertThatThrownBy(() -> mirror.load(mirror.created(0))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTornLegIsObservedAsNoContent() throws IOException {
        byte[] torn = stamp(0);
        System.arraycopy(stamp(1), 0, torn, 0, 512);
        Files.write(mirror.files().get(1), torn);
        assertThat(value("leg")).contains("1 :> [may |-> (0 :> {0}), now |-> (0 :> 2)");
    }

    @Test
    void aLogThatCannotBeTrustedIsObservedAsDirty() throws IOException {
        byte[] log = files().get(LOG);
        log[0] ^= 1;
        Files.write(mirror.files().get(LOG), log);
        assertThat(value("log")).contains("now |-> (0 :> FALSE)");
        mirror.prepare(label("Restart")).perform();
        assertThat(value("state")).isEqualTo("(0 :> \"NOSYNC\")");
    }

    @Test
    void filesThatCannotBeMadeLeaveNothing() throws IOException {
        Path taken = Files.createDirectories(temporary.resolve("taken"));
        Path inTheWay = Files.writeString(taken.resolve("log"), "kept");
        assertThatThrownBy(() -> new Mirror(taken, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.STORE_MARK), LogFormat.DM, stamps, 0)).isInstanceOf(IOException.class);
        assertThat(taken).isDirectoryContaining(inTheWay::equals).isDirectoryNotContaining(file -> !file.equals(inTheWay));
        Files.delete(inTheWay);
        Files.delete(taken);
    }
}
