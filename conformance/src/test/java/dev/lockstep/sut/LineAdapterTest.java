package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that hangs, dies or talks nonsense ends in a sentence that says so, and is gone. */
class LineAdapterTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** No process of a test answers again once it hangs. */
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String GREETS = """
            import sys, time
            sys.stdin.readline()
            print('{"n":0,"hello":"lockstep-mirror","version":1,"name":"test"}', flush=True)
            sys.stdin.readline()
            """;
    private static final Event OPEN = Event.open(List.of(true));

    private static List<String> python(String program) {
        return List.of("python3", "-c", program);
    }

    /** What is said of a program that greets, and then is told that the volume is opened. */
    private static AdapterException told(String then, Duration longest) {
        try (LineAdapter adapter = LineExamples.start(python(GREETS + then), LONG)) {
            long pid = adapter.pid();
            adapter.longest(longest);
            AdapterException said = catchThrowableOfType(AdapterException.class, () -> adapter.tell(OPEN));
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).as("the process is ended").isEmpty();
            assertThat(said.expected()).isEqualTo("an answer to {\"n\":1,\"event\":\"open\",\"bits\":[true]}");
            return said;
        }
    }

    @Test
    void oneThatHangsIsGivenUp() {
        assertThat(told("sys.stderr.write('what now?\\n'); sys.stderr.flush(); time.sleep(1000)", SHORT).observed())
                .startsWith("the system under test did not answer within 0.3 seconds; ");
    }

    @Test
    void oneThatDiesIsQuotedByItsLastLines() {
        assertThat(told("[sys.stderr.write('line %d\\n' % i) for i in range(100)]; sys.exit(7)", LONG).observed())
                .startsWith("the system under test closed its stdout and ended with exit code 7; the last it has written on its stderr is\n      line 80\n")
                .endsWith("line 99");
    }

    @Test
    void oneThatClosesItsStdoutAndLivesOnIsEnded() {
        assertThat(told("import os; os.close(1); time.sleep(1000)", LONG).observed())
                .isEqualTo("the system under test closed its stdout and still runs; it has written nothing on its stderr");
        assertThat(told("sys.stdout.write('{'); sys.stdout.flush(); import os; os.close(1); time.sleep(1000)", LONG).observed())
                .startsWith("the system under test closed its stdout in the middle of a line and still runs; ");
    }

    @Test
    void aLineThatDoesNotEndIsNotReadToItsEnd() {
        assertThat(told("\nwhile True: sys.stdout.write('x' * 1000)", LONG).observed())
                .startsWith("the system under test wrote a line of more than 65536 bytes and ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "hello?|is no JSON: ",
        "``|is no object of JSON",
        "[1]|is no object of JSON",
        "{\"n\":1,\"wants\":[],\"reads\":[]} x|is no JSON: ",
        "{\"n\":1,\"n\":1,\"wants\":[],\"reads\":[]}|is no JSON: ",
        "{\"n\":1,\"wants\":[]}|has no key reads, which an answer has",
        "{\"n\":1,\"wants\":[],\"reads\":[],\"state\":1}|has the key state, which an answer does not have",
        "{\"n\":2,\"wants\":[],\"reads\":[]}|has n 2, and not that of what it answers, 1",
        "{\"n\":\"1\",\"wants\":[],\"reads\":[]}|has n \"1\", and not that of what it answers, 1",
        "{\"n\":1,\"wants\":{},\"reads\":[]}|has wants {}, and not a list",
        "{\"n\":1,\"wants\":[7],\"reads\":[]}|has wants with 7 in it, and not with an object",
        "{\"n\":1,\"wants\":[{\"want\":\"log\"}],\"reads\":[]}|has a want \"log\", which the protocol does not have",
        "{\"n\":1,\"wants\":[{\"want\":\"issue\"}],\"reads\":[]}|has no key write, which a want of issue has",
        "{\"n\":1,\"wants\":[{\"want\":\"issue\",\"write\":0,\"leg\":0}],\"reads\":[]}|has the key leg, which a want of issue does not have",
        "{\"n\":1,\"wants\":[{\"want\":\"issue\",\"write\":0.5}],\"reads\":[]}|has write 0.5, and not a number",
        "{\"n\":1,\"wants\":[{\"want\":\"issue\",\"write\":99999999999}],\"reads\":[]}|has write 99999999999, and not a number",
        "{\"n\":1,\"wants\":[{\"want\":\"log-write\",\"bits\":[1]}],\"reads\":[]}|has bits with 1 in it, and not with true or false",
        "{\"n\":1,\"wants\":[{\"want\":\"log-write\",\"bits\":true}],\"reads\":[]}|has bits true, and not a list",
        "{\"n\":1,\"wants\":[],\"reads\":[0]}|has reads with 0 in it, and not with a list of legs",
        "{\"n\":1,\"wants\":[],\"reads\":[[\"0\"]]}|has reads with \"0\" in it, and not with a leg's number"})
    void nonsenseIsQuotedWithWhatIsWrongWithIt(String line, String clause) {
        String said = line == null ? "" : line;
        assertThat(told("print('''" + said + "''', flush=True); time.sleep(1000)", LONG).observed())
                .startsWith("the system under test answered " + said + ", which " + clause).endsWith("; it has written nothing on its stderr");
    }

    @Test
    void oneThatGreetsOtherwiseIsNotDriven() {
        for (String[] each : new String[][] {
            {"{\"n\":0,\"hello\":\"lockstep-mirror\",\"version\":2,\"name\":\"x\"}", "speaks version 2 of the protocol, and not version 1"},
            {"{\"n\":0,\"hello\":\"mirror\",\"version\":1,\"name\":\"x\"}", "greets with the protocol mirror, and not with lockstep-mirror"},
            {"{\"n\":0,\"hello\":\"lockstep-mirror\",\"version\":1}", "has no key name, which an answer has"}}) {
            assertThatExceptionOfType(AdapterException.class)
                    .isThrownBy(() -> LineExamples.start(python("print('''" + each[0] + "''', flush=True)"), LONG))
                    .satisfies(e -> assertThat(e.observed()).startsWith("the system under test answered " + each[0] + ", which " + each[1]))
                    .satisfies(e -> assertThat(e.expected()).startsWith("an answer to {\"n\":0,\"hello\":\"lockstep-mirror\""));
        }
    }

    @Test
    void aCommandThatCannotBeStartedIsAnIoException() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new LineAdapter(List.of("/nonexistent/mirror"), Size.SMALLEST,
                Policy.BOUNCE_COPY, LONG)).withMessageContaining("/nonexistent/mirror");
    }

    /** So what a mirror keeps beyond a kill by mistake does not always stay hidden. */
    @Test
    void oneKillInManyIsARealOne() {
        try (LineAdapter adapter = LineExamples.start(LONG)) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 257; i++) {
                adapter.tell(OPEN);
                adapter.tell(Event.of(Event.Kind.KILL));
                pids.add(adapter.pid());
            }
            assertThat(pids.stream().distinct()).hasSize(2);
            assertThat(ProcessHandle.of(pids.get(0)).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }
}
