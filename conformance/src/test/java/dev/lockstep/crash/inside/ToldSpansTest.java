package dev.lockstep.crash.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.crash.inside.CrashExample.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldSpansTest {
    private static final int PAGE = 8;

    private static List<Span> of(long block, String... lines) {
        return new ToldSpans(block, PAGE, List.of(lines)).telling();
    }

    @Test
    void beginsWithTheLastAcknowledgedWriteAndTheLastStoreBeforeIt() {
        assertThat(of(9, "R", "S 9 1 10", "s 9 1 11", "F 3 12", "f 3 13", "S 9 2 20", "s 9 2 21", "S 10 3 22", "s 10 3 23", "B 1 30",
                "B 2 31", "S 9 4 35", "s 9 4 36", "b 2 38", "b 1 40", "F 7 50", "f 7 60", "B 1 70")).containsExactly(
                new Span("store", 2L, 20, 21L, false), new Span("write", null, 30, 40L, true), new Span("store", 4L, 35, 36L, false),
                new Span("flush", null, 50, 60L, false), new Span("write", null, 70, null, false));
    }

    @Test
    void aFlushThatBeganBeforeTheEndOfAWriteDoesNotFlushIt() {
        assertThat(of(0, "B 0 10", "F 1 15", "b 0 20", "f 1 30", "F 2 40")).containsExactly(new Span("write", null, 10, 20L, false),
                new Span("flush", null, 15, 30L, false), new Span("flush", null, 40, null, false));
    }

    @Test
    void aDirectWriteGivesEachBlockItsOwnContent() {
        assertThat(of(10, "D 5 9 3 100 10", "d 5 20", "D 6 11 1 200 30")).containsExactly(new Span("direct", 101L, 10, 20L, false));
    }

    @Test
    void whatIsNoLineOfAChildIsNoPartOfThePicture() {
        ToldSpans told = new ToldSpans(0, PAGE, List.of("B 0 10", "b 0 12", "Exception in thread", "S", "X wrong", "B x 13", "R", "U"));
        assertThat(told.telling()).containsExactly(new Span("write", null, 10, 12L, false));
        assertThat(told.end()).isEqualTo(12);
    }

    @Test
    void manySpansAreCutInTheMiddle() {
        List<Span> many = Collections.nCopies(20, new Span("flush", null, 1, 2L, false));
        assertThat(ToldSpans.few(many)).hasSize(14);
        assertThat(ToldSpans.few(many.subList(0, 14))).hasSize(14);
    }

    @Test
    void aChildTellsWhenAndTheRecordingReadsItAsBefore() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Teller teller = new Teller(out);
        teller.ready();
        teller.storeBegun(2, 7);
        teller.storeEnded(2, 7);
        teller.pageWriteBegun(0);
        teller.pageWriteEnded(0);
        teller.writeBegun(4, 8, 2, 20);
        teller.writeEnded(4);
        teller.flushBegun(9);
        teller.flushEnded(9);
        teller.over();
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        Recording recording = new Recording(16, PAGE);
        lines.forEach(recording::take);
        assertThat(recording.afterCut(2)).isEqualTo(Set.of(7L));
        assertThat(recording.afterCut(9)).isEqualTo(Set.of(21L));
        assertThat(recording.acknowledged()).isEqualTo(3);
        assertThat(of(9, lines.toArray(String[]::new))).extracting(Span::what, Span::content)
                .startsWith(tuple("direct", 21L));
        assertThat(lines).startsWith("R").endsWith("U");
    }
}
