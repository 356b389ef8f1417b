package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.StoreException;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.tlc.TlcException;
import dev.lockstep.trace.FormatException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    private int tell(Throwable failure) {
        err.getBuffer().setLength(0);
        return Failures.tell(failure, new PrintWriter(err));
    }

    @Test
    void aMistakeIsTheSentenceAndNothingElse() {
        for (Exception mistake : new Exception[] {new UserMistake("a is b"), new SpecException("a is b"),
            new FormatException("a is b", new IllegalStateException("c")), new StoreException("a is b")}) {
            assertThat(tell(mistake)).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString().lines()).containsExactly("lockstep: a is b");
        }
    }

    @Test
    void aFaultIsASentenceAndWhereItHappened() {
        assertThat(tell(new IllegalStateException("a\nb"))).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).startsWith("lockstep: something went wrong that should not have: a\n")
                .contains("IllegalStateException", "\tat " + FailuresTest.class.getName());
        assertThat(tell(new TlcException("TLC was killed"))).isEqualTo(ExitCode.INTERNAL);
        assertThat(tell(new OutOfMemoryError())).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).contains("OutOfMemoryError");
    }
}
