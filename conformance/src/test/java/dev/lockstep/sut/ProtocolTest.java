package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PROTOCOL.md says, held against the implementation and the example. */
class ProtocolTest {
    private static final Path PROTOCOL = Path.of("PROTOCOL.md");
    private static final List<String> STORY = List.of("Restart", "LogWrite", "LogFlushBegin", "LogFlushEnd", "Read 0 1", "DirectWrite 0 0 1", "LogWrite",
            "LogFlushBegin", "LogFlushEnd", "Issue 0", "LegWrite 0 0 1", "LegWrite 0 0 0", "EndWrite 0", "Quiesce 0", "CertifyBegin", "LegFlushEnd 0",
            "LegFlushEnd 1", "CertifyEnd", "FlushBegin", "Kill");

    @TempDir(factory = InMemory.class)
    private Path temporary;

    /** What the rig says and what it is answered, line by line. */
    private static final class Conversation implements Adapter {
        private final Adapter adapter;
        private final List<String> sent = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();

        Conversation(Adapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public Answer tell(Event event) {
            sent.add(WireText.line(sent.size() + 1L, event));
            answers.add(adapter.tell(event));
            return answers.get(answers.size() - 1);
        }

        @Override
        public String end() {
            return adapter.end();
        }
    }

    private static List<String> lines(String mark) throws IOException {
        String conversation = Files.readString(PROTOCOL).split("```json\n")[1].split("```")[0];
        return conversation.lines().filter(line -> line.startsWith(mark)).map(line -> line.substring(mark.length())).toList();
    }

    private static Label label(String step) {
        String[] words = step.split(" ");
        return Label.of(words[0], Stream.of(words).skip(1).map(word -> new IntValue(Integer.parseInt(word))).toArray(Value[]::new));
    }

    private Conversation had(Adapter adapter) throws IOException {
        Conversation conversation = new Conversation(adapter);
        try (DrivenMirror mirror = new DrivenMirror(temporary, Size.SMALLEST, Policy.BOUNCE_COPY,
                Surroundings.of(Storing.NONE, List.of("read", "direct")), LogFormat.DM, new Stamps(1, 2), conversation)) {
            for (String step : STORY) {
                mirror.prepare(label(step)).perform();
            }
        }
        return conversation;
    }

    private static List<Answer> written() throws Exception {
        List<Answer> answers = new ArrayList<>();
        for (String line : lines("< ").subList(1, lines("< ").size())) {
            answers.add(AnswerReader.answer(line, answers.size() + 1L));
        }
        return answers;
    }

    @Test
    void theConversationIsWhatTheRigSaysAndWhatLockstepsOwnMachineAnswers() throws Exception {
        Conversation conversation = had(new OwnDriver(Size.SMALLEST, Policy.BOUNCE_COPY));
        assertThat(lines("> ").get(0)).isEqualTo(LineAdapter.hello(Size.SMALLEST, Policy.BOUNCE_COPY));
        assertThat(lines("> ").subList(1, lines("> ").size())).isEqualTo(conversation.sent);
        assertThat(AnswerReader.hello(lines("< ").get(0), LineAdapter.VERSION)).isEqualTo("mirror.py");
        assertThat(written()).isEqualTo(conversation.answers);
    }

    @Test
    void theConversationIsWhatTheExampleAnswers() throws Exception {
        LineAdapter example = LineExamples.start(Duration.ofSeconds(60));
        assertThat(had(example).answers).isEqualTo(written());
        assertThat(example.name()).isEqualTo("mirror.py");
    }

    @Test
    void everyEventAndEveryWantHasARow() throws IOException {
        List<String> rows = Files.readString(PROTOCOL).lines().filter(line -> line.startsWith("| `")).toList();
        for (Event.Kind kind : Event.Kind.values()) {
            if (kind != Event.Kind.DONE) {
                assertThat(rows).anyMatch(row -> row.startsWith("| `" + kind.written() + "` |"));
            }
        }
        for (Want.Kind kind : Want.Kind.values()) {
            List<String> keys = kind.fields().stream().map(field -> "`" + field.key() + "`").toList();
            assertThat(rows).as(kind.written()).anyMatch(row -> row.startsWith("| `" + kind.written() + "` | " + String.join(", ", keys))
                    && row.contains("`" + kind.action() + "` |"));
        }
        String text = Files.readString(PROTOCOL).replaceAll("\\s+", " ");
        DrivenVariables.unobserved().keySet().forEach(name -> assertThat(text.split("is not looked into")[1]).contains("`" + name + "`"));
        DrivenVariables.of(Size.SMALLEST).forEach(each -> assertThat(text.split("In words of Mirror.tla")[1].split("\\)")[0])
                .contains("`" + each.name() + "`"));
        assertThat(text).contains(String.format("%,d bytes", SutProcess.LONGEST_LINE));
        assertThat(Arrays.stream(Want.Kind.values()).map(Want.Kind::action).distinct()).hasSize(Want.Kind.values().length);
    }
}
