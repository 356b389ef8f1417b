package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the hardened log planted in the mirror: the replay's look at the copies names each. */
class HardenedFaultsTest {
    private static final String LOG = "dev/lockstep/log/HardenedLog.java";

    @TempDir(factory = InMemory.class)
    private Path folder;

    private List<String> wrong(String file, String from, String to) throws IOException {
        Mutant mutant = Mutant.of("hardened", new Mutant.Edit(file, from, to));
        try (PlantedMirror mirror = new PlantedMirror(mutant, Files.createDirectory(folder.resolve("planted")))) {
            return mirror.run(HardenedStory.class, Files.createDirectory(folder.resolve("files")).toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the second copy is not written | HardenedLog | repeat(page);             | ; | copy 0 of the bits is stale: it is number 1, first, bits 1, and the other number 2, first, bits 1
        the second copy is not flushed | HardenedLog | if (repeated) {           | if (false) { | copy 0 of the bits is not durable, and the mirror takes the log to be
        the second is written before the first is durable | HardenedLog | return () -> { | repeatNow(covered); return () -> { | a power cut in the step or after it may leave a log that cannot be trusted
        after a crash the wrong copy is overwritten | Copies | return second[newer] ? 1 - newer : newer; | return second[newer] ? newer : 1 - newer; | neither copy 0 of the bits nor copy 1 of the bits is whole and durable
        the sequence number is not raised | Copies | number++; | number += 0; | a power cut in the step or after it may leave a log that cannot be trusted""")
    void isNamed(String fault, String type, String from, String to, String named) throws IOException {
        String planted = to.contains("repeatNow") ? "try { repeat(covered); } catch (IOException e) { throw new java.io.UncheckedIOException(e); } return () -> {"
                : to;
        assertThat(wrong("dev/lockstep/log/" + type + ".java", from, planted)).as(fault).isNotEmpty().anyMatch(each -> each.endsWith(named));
    }

    /** If this one were named, the others would prove nothing. */
    @Test
    void anEditThatChangesNothingIsNotNamed() throws IOException {
        assertThat(wrong(LOG, "long covered = writes;", "long covered = writes + 0;")).isEmpty();
    }
}
