package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command, as a shell would see them if it did no more than that: divided at blanks, but not within single or double quotes. No
 * shell is asked, so that the program itself is what is started and ended.
 */
final class CommandWords {
    private CommandWords() {
    }

    /**
     * Divides a command.
     *
     * @throws UserMistake if there is no word in it, or a quote that does not end
     */
    static List<String> of(String option, String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (char each : command.toCharArray()) {
            if (quote != 0 && each == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(each)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = word == null ? new StringBuilder() : word;
                if (quote == 0 && (each == '\'' || each == '"')) {
                    quote = each;
                } else {
                    word.append(each);
                }
            }
        }
        if (quote != 0) {
            throw new UserMistake(option + " " + command + " has a quote that does not end; a program and its arguments are expected");
        }
        if (word != null) {
            words.add(word.toString());
        }
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new UserMistake(option + " names no program; a program and its arguments are expected");
        }
        return List.copyOf(words);
    }
}
