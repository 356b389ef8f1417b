package dev.lockstep.tlc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one sentence of what TLC has to say about an error, with file and line if TLC gives them. */
final class ErrorSentence {
    private static final int LONGEST = 500;

    private static final Pattern LINE_IN_CONFIGURATION = Pattern.compile("at line (\\d+)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern PARSER_STOPPED = Pattern.compile(
            "((?:Was expecting [^\\n]*\\n)?(?:Encountered [^\\n]*?|Lexical error)) at line (\\d+), column \\d+"
                    + "([^\\n]*)");
    private static final Pattern MODULE_NOT_PARSED = Pattern.compile("Could not parse module (\\S+) from file");
    private static final Pattern SEMANTIC_ERROR = Pattern.compile(
            "\\*\\*\\* (?:Errors|Abort messages): \\d+\\s*\\n\\s*(\\S[^\\n]*)\\n\\s*(\\S.*?)(?:\\n\\s*\\n|\\z)",
            Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile(
            "[Ll]ine (\\d+), col(?:umn)? \\d+ to line \\d+, col(?:umn)? \\d+ (?:of module|in) (\\w+)");
    private static final Pattern ASSUMPTION = Pattern.compile("Assumption .* of module \\w+ is false");
    private static final Pattern JAVA_EXCEPTION = Pattern.compile("(?s).*The exception was an? [\\w.$]+\\s*:\\s*");

    private final Model model;
    private final List<Message> messages;

    private ErrorSentence(Model model, List<Message> messages) {
        this.model = model;
        this.messages = messages;
    }

    /**
     * Returns what to throw for the first error in the messages; empty if there is none. It is a {@link SpecException}
     * unless TLC ran out of memory.
     */
    static Optional<TlcException> of(Model model, List<Message> messages) {
        ErrorSentence sentence = new ErrorSentence(model, messages);
        boolean memory = messages.stream().anyMatch(message -> Codes.OUT_OF_MEMORY.contains(message.code()));
        return sentence.configuration().or(sentence::parsing).or(sentence::evaluation)
                .map(text -> "model " + model.name() + ": " + oneLine(text))
                .map(text -> memory ? new TlcException(text) : new SpecException(text));
    }

    private Optional<String> configuration() {
        return messages.stream().filter(message -> Codes.isConfiguration(message.code())).findFirst().map(message -> {
            Matcher line = LINE_IN_CONFIGURATION.matcher(message.text());
            return line.find() ? model.configurationFile() + ", line " + line.group(1) + ": " + line.group(2)
                    : model.configurationFile() + ": " + message.text();
        });
    }

    private Optional<String> parsing() {
        if (messages.stream().noneMatch(message -> message.code() == Codes.PARSING_FAILED)) {
            return Optional.empty();
        }
        String said = messages.stream().filter(message -> message.code() == Message.PLAIN).map(Message::text)
                .reduce("", (left, right) -> left + "\n" + right);
        Matcher stopped = PARSER_STOPPED.matcher(said);
        if (stopped.find()) {
            Matcher module = MODULE_NOT_PARSED.matcher(said);
            return Optional.of(place(module.find() ? module.group(1) : model.module(), stopped.group(2))
                    + stopped.group(1) + stopped.group(3).replace(" and token ", " after "));
        }
        Matcher semantic = SEMANTIC_ERROR.matcher(said);
        if (semantic.find()) {
            return Optional.of(placeIn(semantic.group(1)).orElse(model.module() + ".tla: ") + semantic.group(2));
        }
        return Optional.of(model.module() + ".tla: parsing or semantic analysis failed");
    }

    private Optional<String> evaluation() {
        return messages.stream().filter(message -> message.isError() && message.code() != Codes.NESTED_EXPRESSION)
                .findFirst().map(message -> {
                    String text = JAVA_EXCEPTION.matcher(message.text()).replaceFirst("");
                    if (message.code() == Codes.ASSUMPTION_FALSE) {
                        text = ASSUMPTION.matcher(text).replaceFirst("an assumption is false");
                    }
                    String place = innermostExpression().or(() -> placeIn(message.text())).orElse("");
                    return (text.contains("configuration file") ? model.configurationFile() + ": " : place) + text;
                });
    }

    /** TLC lists the expressions that it was evaluating from the outermost to the one that failed. */
    private Optional<String> innermostExpression() {
        Optional<String> innermost = Optional.empty();
        for (Message message : messages) {
            Matcher place = PLACE.matcher(message.text());
            while (message.code() == Codes.NESTED_EXPRESSION && place.find()) {
                innermost = Optional.of(place(place.group(2), place.group(1)));
            }
        }
        return innermost;
    }

    private static Optional<String> placeIn(String text) {
        Matcher place = PLACE.matcher(text);
        return place.find() ? Optional.of(place(place.group(2), place.group(1))) : Optional.empty();
    }

    private static String place(String module, String line) {
        return module + ".tla, line " + line + ": ";
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        line = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
