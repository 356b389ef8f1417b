package dev.lockstep.tlc;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the result of a distributed run from what its server and its workers printed. */
final class DistributedReader {
    /** What is counted here are the distinct ones. */
    private static final Pattern INITIAL = Pattern.compile("initial states: ([\\d,]+)");
    private static final Pattern DISTINCT = Pattern.compile("([\\d,]+) distinct states found");
    /** A worker prints a line for each of its threads. */
    private static final Pattern COMPUTED = Pattern.compile("work completed at: .* Computed: (\\d+) ");
    private static final Pattern VIOLATED = Pattern.compile("Invariant (\\S+) is violated");
    private static final String SERVER_VERSION = "TLC2 TLC Server ";

    private final Model model;
    private final DistributedSettings settings;
    private final WorkFolder folder;
    private final List<Message> messages;
    private final List<List<String>> workers;

    DistributedReader(Model model, DistributedSettings settings, WorkFolder folder, List<String> server,
            List<List<String>> workers) {
        this.model = model;
        this.settings = settings;
        this.folder = folder;
        this.messages = Message.parse(server);
        this.workers = workers;
    }

    /**
     * Returns the result.
     *
     * @throws SpecException if TLC found something wrong with the spec or its configuration
     * @throws LostAnswer if the server broke down, or was not heard any more, after it had begun to send the workers away
     * @throws TlcException if TLC came to no verdict for another reason
     */
    DistributedResult read(double seconds) {
        if (count(Codes.WORKER_STATISTICS) > 0 && count(Codes.FINISHED) == 0) {
            throw new LostAnswer("model " + model.name() + ": TLC's server broke down while it sent its workers away; " + last());
        }
        Optional<Message> error = messages.stream().filter(Message::isError).findFirst();
        if (error.isEmpty() && count(Codes.SUCCESS) == 1 && count(Codes.FINISHED) == 1) {
            return result(Verdict.HOLDS, Optional.empty(), seconds);
        }
        Optional<String> violated = error.flatMap(this::violated);
        if (violated.isPresent()) {
            return result(Verdict.VIOLATED, violated, seconds);
        }
        throw ErrorSentence.of(model, messages).orElseGet(() -> new TlcException("model " + model.name()
                + ": TLC's server ended without a verdict, or all of its workers did; " + last()));
    }

    private String last() {
        return "the last that it printed is "
                + (messages.isEmpty() ? "nothing" : "\"" + messages.get(messages.size() - 1).text().strip() + "\"");
    }

    private Optional<String> violated(Message error) {
        if (error.code() == Codes.INITIAL_STATE) {
            Matcher named = VIOLATED.matcher(error.text());
            return named.find() ? Optional.of(named.group(1)) : Optional.empty();
        }
        if (error.code() != Codes.BEHAVIOUR) {
            return Optional.empty();
        }
        Message last = messages.stream().filter(message -> message.code() == Codes.STATE)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new TlcException("model " + model.name() + ": TLC's server prints no state"));
        return Optional.of(new LastState(model, settings, folder).violated(last.text()));
    }

    private DistributedResult result(Verdict verdict, Optional<String> violated, double seconds) {
        long distinct = last(Codes.STATS, DISTINCT).orElseThrow(() ->
                new TlcException("model " + model.name() + ": TLC's server does not say how many states it found"));
        String version = messages.stream().flatMap(message -> message.text().lines())
                .filter(line -> line.startsWith(SERVER_VERSION)).findFirst()
                .map(line -> "TLC2 " + line.substring(SERVER_VERSION.length()))
                .orElse("TLC of an unknown version");
        return new DistributedResult(model.name(), verdict, violated, distinct, total(),
                (int) count(Codes.WORKER_REGISTERED), seconds, version);
    }

    private OptionalLong total() {
        long counted = 0;
        long generated = 0;
        for (List<String> output : workers) {
            for (String line : output) {
                Matcher computed = COMPUTED.matcher(line);
                if (computed.find()) {
                    counted++;
                    generated += Long.parseLong(computed.group(1));
                }
            }
        }
        boolean repeated =
                count(Codes.WORKER_DEREGISTERED) + count(Codes.WORKER_LOST) + count(Codes.BLOCK_TOO_LARGE) > 0;
        // One that registers when all is done has no statistics, and may or may not print that it did nothing.
        return repeated || counted < count(Codes.WORKER_STATISTICS) ? OptionalLong.empty() : OptionalLong.of(initial() + generated);
    }

    private long initial() {
        return new Configuration(model.configuration()).reducesBySymmetry() ? new InitialStates(model, settings, folder).count()
                : last(Codes.INITIAL_STATES, INITIAL).orElse(0L);
    }

    private Optional<Long> last(int code, Pattern pattern) {
        return messages.stream().filter(message -> message.code() == code)
                .map(message -> pattern.matcher(message.text())).filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1).replace(",", "")))
                .reduce((first, second) -> second);
    }

    private long count(int code) {
        return messages.stream().filter(message -> message.code() == code).count();
    }
}
