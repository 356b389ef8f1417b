package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class OperationsTest {
    /** The models that are replayed unasked have no writes past the page cache, free nothing, suspect no region and fail no leg. */
    private static final List<String> NOT_REPLAYED = List.of("DirectWrite", "ChangeMemory", "Discard", "MarkFirst", "FreeBlock",
            "Allocate", "Commit", "Suspect", "LegFails", "NoticeFailure", "LegFlushFails", "RecordBegin", "RecordFailure", "LegReturns", "Readmit", "Replace",
            "DirtyAll", "LogFlushFails", "SyncFails");

    @TempDir(factory = InMemory.class)
    private Path temporary;

    @Test
    void theMirrorKnowsEveryLabelOfEveryPolicysGraph() throws IOException {
        TreeSet<String> actions = new TreeSet<>();
        for (Policy policy : Policy.all()) {
            try (Mirror mirror = new Mirror(temporary, Size.SMALLEST, policy, Surroundings.of(Storing.STORE_MARK), LogFormat.DM, new Stamps(1, 2), 0)) {
                for (Label label : ModelGraphs.twoSteps(policy).labels()) {
                    actions.add(label.action());
                    boolean whenDown = label.action().equals("Restart") || label.action().equals("PowerCut");
                    assertThat(mirror.prepare(label).enabled()).as("%s: %s of a volume that is down", policy.name(), label)
                            .isEqualTo(whenDown);
                }
            }
        }
        actions.addAll(NOT_REPLAYED);
        assertThat(actions).as("together the policies have every action that the mirror has a method for, within the cache")
                .isEqualTo(new TreeSet<>(Meaning.actions().stream().filter(OperationsTest::hasMethod).toList()));
    }

    private static boolean hasMethod(String action) {
        return Meaning.of(Label.of(action, Value.of(0))).performer().isPresent();
    }

    @Test
    void anActionThatTheMirrorHasNoMethodForIsRefused() throws IOException {
        try (Mirror mirror = new Mirror(temporary, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.STORE_MARK), LogFormat.DM, new Stamps(1, 2), 0)) {
            List<String> without = Meaning.actions().stream().filter(action -> !hasMethod(action)).toList();
            assertThat(without).contains("WriteBack");
            for (String action : without) {
                assertThatThrownBy(() -> mirror.prepare(Label.of(action, Value.of(0)))).isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("action " + action + "(0) of Mirror.tla is one that the mirror has no method for yet");
            }
        }
    }

    @Test
    void whatTheMirrorDoesNotOfferIsRefusedWithWhatItOffers() throws IOException {
        try (Mirror mirror = new Mirror(temporary, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.STORE_MARK), LogFormat.DM, new Stamps(1, 2), 0)) {
            mirror.prepare(Label.of("Restart")).perform();
            assertThatThrownBy(() -> mirror.prepare(Label.of("LogFlushEnd")).perform()).isInstanceOf(RefusedException.class)
                    .hasMessageContaining("is not offered; the mirror offers [").hasMessageContaining("LogWrite");
            assertThatThrownBy(() -> mirror.prepare(Label.of("Explode"))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("action Explode is none that the mirror knows");
        }
    }
}
