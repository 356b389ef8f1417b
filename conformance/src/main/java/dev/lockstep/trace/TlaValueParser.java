package dev.lockstep.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads a value from the TLA+ text in which TLC prints it, with white space of any kind between its tokens:
 * {@code TRUE}, {@code -3}, {@code "a"}, {@code m1}, {@code {1, 2}}, {@code 1..3}, {@code <<1, 2>>}, {@code [a |-> 1]},
 * {@code (0 :> "a" @@ 1 :> "b")}.
 */
public final class TlaValueParser {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_INTERVAL = 1_000_000;

    private final String text;
    private int position;
    private int depth;

    private TlaValueParser(String text) {
        this.text = text;
    }

    /**
     * Reads a text that holds one value and nothing else.
     *
     * @throws FormatException if it does not; the message names line, column, and what was expected there
     */
    public static Value parse(String text) {
        TlaValueParser parser = new TlaValueParser(text);
        Value value = parser.value();
        if (parser.peek() != '\0') {
            throw parser.expected("the end of the value");
        }
        return value;
    }

    private Value value() {
        if (++depth > MAX_DEPTH) {
            throw expected("a value nested at most " + MAX_DEPTH + " deep");
        }
        char next = peek();
        Value value;
        if (next == '"') {
            value = new StringValue(string());
        } else if (next == '{') {
            value = Value.set(list("{", "}", this::value));
        } else if (next == '<') {
            value = Value.tuple(list("<<", ">>", this::value));
        } else if (next == '[') {
            value = Value.record(map(list("[", "]", this::field)));
        } else if (next == '(') {
            value = function();
        } else if (next == '-' || isDigit(next) && !digitsBelongToName()) {
            value = integerOrInterval();
        } else {
            value = word();
        }
        depth--;
        return value;
    }

    private <T> List<T> list(String open, String close, Supplier<T> item) {
        take(open);
        List<T> items = new ArrayList<>();
        if (peek() == close.charAt(0)) {
            take(close);
            return items;
        }
        items.add(item.get());
        while (peek() == ',') {
            position++;
            items.add(item.get());
        }
        if (!text.startsWith(close, position)) {
            throw expected("\",\" or \"" + close + "\"");
        }
        take(close);
        return items;
    }

    private Map.Entry<String, Value> field() {
        peek();
        int start = position;
        String name = identifier();
        if (!Identifiers.isIdentifier(name)) {
            position = start;
            throw expected("a field name");
        }
        take("|->");
        return Map.entry(name, value());
    }

    private Value function() {
        take("(");
        List<Map.Entry<Value, Value>> entries = new ArrayList<>();
        entries.add(mapping());
        while (peek() == '@') {
            take("@@");
            entries.add(mapping());
        }
        if (peek() != ')') {
            throw expected("\"@@\" or \")\"");
        }
        take(")");
        return Value.function(map(entries));
    }

    private Map.Entry<Value, Value> mapping() {
        Value argument = value();
        take(":>");
        return Map.entry(argument, value());
    }

    private <K> Map<K, Value> map(List<Map.Entry<K, Value>> entries) {
        Map<K, Value> map = new LinkedHashMap<>();
        for (Map.Entry<K, Value> entry : entries) {
            if (map.put(entry.getKey(), entry.getValue()) != null) {
                throw expected("every argument once, but " + entry.getKey() + " occurs twice, before this");
            }
        }
        return map;
    }

    private Value integerOrInterval() {
        long low = integer();
        if (peek() != '.') {
            return new IntValue(low);
        }
        take("..");
        peek();
        int start = position;
        long high = integer();
        if (high >= low && (high - low < 0 || high - low >= MAX_INTERVAL)) {
            position = start;
            throw expected("an interval of at most " + MAX_INTERVAL + " numbers");
        }
        List<Value> elements = new ArrayList<>();
        for (long i = low; i <= high; i++) {
            elements.add(new IntValue(i));
        }
        return Value.set(elements);
    }

    private long integer() {
        int start = position;
        if (position < text.length() && text.charAt(position) == '-') {
            position++;
        }
        int digits = position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        try {
            if (position > digits) {
                return Long.parseLong(text, start, position, 10);
            }
        } catch (NumberFormatException e) {
            position = start;
            throw expected("an integer of at most 64 bits");
        }
        throw expected("a digit");
    }

    private Value word() {
        int start = position;
        String word = identifier();
        if (word.equals("TRUE") || word.equals("FALSE")) {
            return Value.of(word.equals("TRUE"));
        }
        if (!Identifiers.isIdentifier(word)) {
            position = start;
            throw expected("a value");
        }
        return new ModelValue(word);
    }

    private String identifier() {
        int start = position;
        while (position < text.length() && Identifiers.isPart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    /** TLA+ lets an identifier begin with a digit: {@code 1st} is one, {@code 1} is not. */
    private boolean digitsBelongToName() {
        int start = position;
        String word = identifier();
        position = start;
        return Identifiers.isIdentifier(word);
    }

    private String string() {
        position++;
        StringBuilder out = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw expected("a closing quote");
    }

    private char escaped() {
        char c = position < text.length() ? text.charAt(position) : '\0';
        char plain = switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case '"', '\\' -> c;
            default -> throw expected("one of n t r f \" \\ after a backslash");
        };
        position++;
        return plain;
    }

    private void take(String token) {
        peek();
        if (!text.startsWith(token, position)) {
            throw expected("\"" + token + "\"");
        }
        position += token.length();
    }

    /** Skips white space; returns the character after it, NUL at the end. */
    private char peek() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private FormatException expected(String what) {
        int end = Math.min(position, text.length());
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        long line = text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
        String found = end == text.length() ? "the end of the text" : "\"" + text.charAt(end) + "\"";
        return new FormatException(
                "line " + line + ", column " + (end - lineStart + 1) + ": expected " + what + ", found " + found);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
