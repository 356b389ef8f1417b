package dev.lockstep.tlc;

import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.TlaValueParser;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the counterexample from TLC's messages. */
final class CounterexampleReader {
    /**
     * {@code 2: <Write line 13, col 16 to line 16, col 42 of module M>}; later versions of TLC print {@code <Write(0,
     * 1) line …>}.
     */
    private static final Pattern HEAD =
            Pattern.compile("(\\d+): (?:Back to state: )?<([^\\s(>]+)(?:\\((.*)\\))? (line .*)>");
    private static final Pattern NUMBER = Pattern.compile("(\\d+): .*", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:/\\\\ )?(\\w+) = ");

    private final List<CounterexampleStep> steps = new ArrayList<>();
    private Optional<Counterexample.Loop> loop = Optional.empty();

    private CounterexampleReader() {
    }

    /**
     * Returns the counterexample.
     *
     * @throws TlcException if the messages hold none that can be read
     */
    static Counterexample read(String model, List<Message> messages) {
        CounterexampleReader reader = new CounterexampleReader();
        try {
            messages.forEach(reader::read);
        } catch (FormatException | IllegalArgumentException e) {
            throw new TlcException("model " + model + ": TLC's counterexample cannot be read: " + e.getMessage(), e);
        }
        if (reader.steps.isEmpty()) {
            throw new TlcException("model " + model + ": TLC reports a violation but prints no counterexample");
        }
        return new Counterexample(reader.steps, reader.loop);
    }

    private void read(Message message) {
        switch (message.code()) {
            case Codes.INVARIANT_VIOLATED_INITIAL, Codes.PROPERTY_VIOLATED_INITIAL ->
                steps.add(CounterexampleStep.initial(state(message.text())));
            case Codes.STATE -> step(message.text());
            case Codes.STUTTERING -> loop = Optional.of(new Counterexample.Loop(steps.size(), Optional.empty()));
            case Codes.BACK_TO_STATE -> loop = Optional.of(new Counterexample.Loop(number(message.text()),
                    head(message.text()).map(CounterexampleReader::label)));
            default -> {
                // Every other message is about something else.
            }
        }
    }

    private void step(String text) {
        if (steps.isEmpty()) {
            steps.add(CounterexampleStep.initial(state(text)));
            return;
        }
        Matcher head = head(text).orElseThrow(() -> new FormatException("no action in " + firstLine(text)));
        CounterexampleStep last = steps.get(steps.size() - 1);
        Label label = label(head);
        CounterexampleStep next = last.next(label, !label.arguments().isEmpty(), head.group(4), state(text));
        if (number(text) != next.number()) {
            throw new FormatException("state " + next.number() + " was expected, not " + number(text));
        }
        steps.add(next);
    }

    private static Optional<Matcher> head(String text) {
        Matcher head = HEAD.matcher(firstLine(text));
        return head.matches() ? Optional.of(head) : Optional.empty();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static int number(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw new FormatException("no state number in " + firstLine(text));
        }
        return Integer.parseInt(number.group(1));
    }

    private static Label label(Matcher head) {
        if (head.group(3) != null) {
            try {
                if (TlaValueParser.parse("<<" + head.group(3) + ">>") instanceof TupleValue arguments) {
                    return new Label(head.group(2), arguments.elements());
                }
            } catch (FormatException e) {
                // A TLC that prints something else there: the name alone is true.
                return Label.of(head.group(2));
            }
        }
        return Label.of(head.group(2));
    }

    /** Reads {@code /\ x = 1} and so on, or {@code x = 1} where there is one variable only. */
    private static Map<String, Value> state(String text) {
        Map<String, Value> state = new LinkedHashMap<>();
        Matcher variable = VARIABLE.matcher(text);
        boolean found = variable.find();
        while (found) {
            String name = variable.group(1);
            int start = variable.end();
            found = variable.find();
            state.put(name, TlaValueParser.parse(text.substring(start, found ? variable.start() : text.length())));
        }
        return state;
    }
}
