package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributedReaderTest {
    private static final String VIOLATED = message(2102, 1, "Invariant Same is violated.");
    private static final String EXPLORED = message(2193, 0, "Model checking completed. No error has been found.");
    private static final String DISMISSED = message(7003, 0, "Worker: rmi://127.0.0.1:10997/worker Sent: 5 Rcvd: 4 CacheRatio: n/a");
    private static final String BROKEN = message(1000, 1,
            "TLC threw an unexpected exception.\njava.rmi.UnmarshalException: Error unmarshaling return header; nested exception is: \n"
                    + "\tjava.io.EOFException");
    private static final String STATS = message(2199, 0, "0 states generated, 5 distinct states found, 2 states left on queue.");
    private static final String FINISHED = message(2186, 0, "Finished in 2s at (2026-01-01 00:00:00)");

    @Test
    void aServerThatBreaksDownWhileItSendsItsWorkersAwayIsAskedAgain() {
        Iterator<String[]> answers = List.of(new String[] {VIOLATED, DISMISSED, BROKEN}, new String[] {VIOLATED, DISMISSED},
                new String[] {VIOLATED, DISMISSED, STATS, FINISHED}).iterator();

        DistributedResult result = LostAnswer.askAgainIfLost(() -> read(answers.next()));

        assertThat(result.violated()).contains("Same");
        assertThat(result.distinctStates()).isEqualTo(5);
        assertThat(answers).isExhausted();
    }

    @Test
    void noVerdictIsTakenFromAServerThatDidNotSayAll() {
        assertThatThrownBy(() -> read(DISMISSED, BROKEN)).isInstanceOf(LostAnswer.class)
                .hasMessageContaining("TLC's server broke down while it sent its workers away")
                .hasMessageContaining("Error unmarshaling return header");
        assertThatThrownBy(() -> read(DISMISSED, EXPLORED, STATS)).isInstanceOf(LostAnswer.class);
        assertThat(read(DISMISSED, EXPLORED, STATS, FINISHED).verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void aServerThatBrokeDownBeforeItHadDecidedIsNotAskedAgain() {
        assertThatThrownBy(() -> read(BROKEN)).isInstanceOf(TlcException.class).isNotInstanceOf(LostAnswer.class);
    }

    private static DistributedResult read(String... printed) {
        Model model = Specs.small("INVARIANT Same");
        DistributedSettings settings = DistributedSettings.here(TlcDistribution.bundled(), Specs.PATIENCE, 1);
        List<String> lines = Arrays.stream(printed).flatMap(String::lines).toList();
        try (WorkFolder folder = WorkFolder.empty()) {
            return new DistributedReader(model, settings, folder, lines, List.of()).read(1);
        }
    }

    private static String message(int code, int severity, String text) {
        return "@!@!@STARTMSG " + code + ":" + severity + " @!@!@\n" + text + "\n@!@!@ENDMSG " + code + " @!@!@";
    }
}
