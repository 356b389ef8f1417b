package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sut.Meaning;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceLinesTest {
    @Test
    void everyActionHasItsLineInTheSpec() throws IOException {
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            List<String> lines = Files.readAllLines(spec.path().resolve("Mirror.tla"));
            for (String action : Meaning.actions()) {
                SourceLines.InSpec found = SourceLines.inSpec(spec, action);
                assertThat(found.module()).isEqualTo("Mirror");
                assertThat(found.line()).as(action).isPositive();
                assertThat(lines.get(found.line() - 1)).startsWith(action).contains(" ==");
            }
        }
    }

    @Test
    void theCommentsOfActionsCiteTheMailAndTheKernel() throws IOException {
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            ActionComments comments = new ActionComments(spec);
            assertThat(comments.sentences("LegWrite")).containsExactly("S1");
            assertThat(comments.sentences("Quiesce")).containsExactly("S9", "I4", "I2");
            assertThat(comments.functions("EndWrite")).containsExactly("write_callback", "mirror_end_io");
            assertThat(comments.functions("ResyncCopy")).containsExactly("recover");
            assertThat(comments.functions("Restart")).containsExactly("disk_resume", "__rh_alloc");
            assertThat(comments.sentences("None")).isEmpty();
            assertThat(Meaning.actions().stream().flatMap(action -> comments.functions(action).stream())).containsOnly("mark_buffer_dirty",
                    "disk_flush", "rw_header", "flush_header", "do_writes", "do_write", "write_callback", "mirror_end_io", "dm_rh_dec",
                    "dm_rh_update_states", "core_clear_region", "dm_rh_recovery_prepare", "get_resync_work", "recover",
                    "dm_rh_recovery_end", "dispatch_delayed", "fail_mirror", "disk_resume", "__rh_alloc");
        }
    }

    @Test
    void everyActionThatTheMirrorPerformsHasItsLineInTheCodeButThoseThatTheRigCarriesOut() throws IOException {
        List<String> performed = Meaning.actions().stream()
                .filter(action -> Meaning.of(Label.of(action, new IntValue(0), new IntValue(0))).performer().isPresent()).toList();
        assertThat(performed).hasSizeGreaterThan(25);
        for (String action : performed) {
            SourceLines.InCode found = SourceLines.inCode(Label.of(action, new IntValue(0), new IntValue(0)));
            if (action.equals("Kill") || action.equals("PowerCut")) {
                assertThat(found).hasToString("Mirror.abandon");
            } else if (action.equals("LegReturns")) {
                assertThat(found).hasToString("Mirror.legReturns");
            } else if (action.equals("ChangeMemory")) {
                assertThat(found).hasToString("Environment.changeMemory");
            } else if (action.equals("LegFails")) {
                assertThat(found).hasToString("VolatileLeg.gone");
            } else if (found.className().equals("Owners")) {
                assertThat(action).isIn("Allocate", "Commit");
            } else {
                assertThat(found.line()).as("%s: %s", action, found).isPositive();
            }
        }
    }
}
