package dev.lockstep.tlc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the result of a run from what TLC printed. */
final class ResultReader {
    private static final int EXIT_OK = 0;
    /** Exit codes of a violation: of a safety property, of a liveness property or an action property. */
    private static final List<Integer> EXIT_VIOLATED = List.of(12, 13);

    private static final Pattern STATES =
            Pattern.compile("([\\d,]+) states generated.*?, ([\\d,]+) distinct states found");
    private static final Pattern DEPTH = Pattern.compile("(?:search is |Progress\\()([\\d,]+)");
    /** {@code <Write line 13, col 1 to line 13, col 11 of module M>: new states:all states}. */
    private static final Pattern FIRED = Pattern.compile("<([^\\s(>]+).*>: (\\d+):(\\d+)\\s*");

    private final Model model;
    private final int exitCode;
    private final List<Message> messages;

    ResultReader(Model model, int exitCode, List<String> output) {
        this.model = model;
        this.exitCode = exitCode;
        this.messages = Message.parse(output);
    }

    /**
     * Returns the result.
     *
     * @throws SpecException if TLC found something wrong with the spec or its configuration
     * @throws LostAnswer if TLC found that a liveness property is violated and broke down while it read the
     *         counterexample back
     * @throws TlcException if TLC came to no verdict for another reason
     */
    ModelResult read(double seconds) {
        Optional<Message> violation = messages.stream().filter(ResultReader::isViolation).findFirst();
        // After a violation TLC prints more messages as errors, but then the violation comes first.
        Optional<TlcException> firstError = messages.stream().filter(Message::isError).findFirst()
                .filter(message -> !isViolation(message)).flatMap(error -> ErrorSentence.of(model, messages));
        boolean success = messages.stream().anyMatch(message -> message.code() == Codes.SUCCESS);
        if (exitCode == EXIT_OK && success && violation.isEmpty() && firstError.isEmpty()) {
            return result(Verdict.HOLDS, Optional.empty(), Optional.empty(), seconds);
        }
        if (EXIT_VIOLATED.contains(exitCode) && violation.isPresent() && firstError.isEmpty()) {
            Optional<String> violated = Optional.of(violated(violation.get()));
            Counterexample counterexample = CounterexampleReader.read(model.name(), messages);
            return result(Verdict.VIOLATED, violated, Optional.of(counterexample), seconds);
        }
        throw firstError.orElseGet(this::noVerdict);
    }

    private String violated(Message violation) {
        return new Configuration(model.configuration()).violatedBy(violation).orElseThrow(() ->
                new TlcException("model " + model.name() + ": TLC says \"" + violation.text().strip() + "\", which "
                        + model.configurationFile() + " does not ask for by one name"));
    }

    private static boolean isViolation(Message message) {
        return Codes.VIOLATIONS.contains(message.code());
    }

    private TlcException noVerdict() {
        String last = messages.isEmpty() ? "nothing" : "\"" + messages.get(messages.size() - 1).text().strip().lines()
                .reduce("", (first, second) -> second) + "\"";
        String ended = "model " + model.name() + ": TLC ended without a verdict (exit code " + exitCode
                + ", it may have been killed or run out of memory); the last that it printed is " + last;
        boolean liveness = messages.stream().anyMatch(message -> message.code() == Codes.TEMPORAL_PROPERTY_VIOLATED);
        return liveness ? new LostAnswer(ended) : new TlcException(ended);
    }

    private ModelResult result(Verdict verdict, Optional<String> violated, Optional<Counterexample> counterexample,
            double seconds) {
        Optional<Matcher> states = last(Codes.STATS, STATES);
        if (states.isEmpty() && verdict == Verdict.HOLDS) {
            throw noVerdict();
        }
        int depth = last(Codes.SEARCH_DEPTH, DEPTH).or(() -> last(Codes.PROGRESS, DEPTH))
                .map(matcher -> (int) number(matcher.group(1))).orElse(0);
        String version = messages.stream().filter(message -> message.code() == Codes.VERSION).findFirst()
                .map(message -> message.text().strip()).orElse("TLC of an unknown version");
        long distinct = states.map(matcher -> number(matcher.group(2))).orElse(0L);
        long total = states.map(matcher -> number(matcher.group(1))).orElse(0L);
        return new ModelResult(model.name(), verdict, violated, counterexample, distinct, total, depth, fired(),
                seconds, version);
    }

    private Optional<Matcher> last(int code, Pattern pattern) {
        return messages.stream().filter(message -> message.code() == code)
                .map(message -> pattern.matcher(message.text())).filter(Matcher::find)
                .reduce((first, second) -> second);
    }

    /** Each report of coverage counts from the beginning: the last one counts. */
    private Map<String, Long> fired() {
        Map<String, Long> fired = new TreeMap<>();
        for (Message message : messages) {
            if (message.code() == Codes.COVERAGE_START) {
                fired.clear();
            } else if (message.code() == Codes.COVERAGE_NEXT) {
                Matcher line = FIRED.matcher(message.text());
                if (line.matches()) {
                    // An action that is a disjunction has a line for each of its parts.
                    fired.merge(line.group(1), Long.parseLong(line.group(3)), Long::sum);
                }
            }
        }
        return fired;
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }
}
