package dev.lockstep.tlc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message of TLC in tool mode: {@code @!@!@STARTMSG code:severity @!@!@}, text, {@code @!@!@ENDMSG code @!@!@}.
 *
 * @param code TLC's message code (its class EC), {@link #PLAIN} for text outside of messages, as SANY prints it
 * @param severity 0 none, 1 error, 2 bug of TLC, 3 warning, 4 state
 * @param text what stands between, without the last line break
 */
record Message(int code, int severity, String text) {
    static final int PLAIN = -1;

    private static final Pattern START = Pattern.compile("(.*)@!@!@STARTMSG (-?\\d+):(\\d+) @!@!@\\s*");
    private static final String END = "@!@!@ENDMSG ";

    boolean isError() {
        return severity == 1 || severity == 2;
    }

    /**
    XX
     */
    static List<Message> parse(List<String> lines) {
        List<Message> messages = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        Open plain = new Open(PLAIN, 0);
        for (String line : lines) {
            Matcher start = START.matcher(line);
            if (start.matches()) {
                if (open.isEmpty()) {
                    plain.flush(messages);
                } else {
                    open.peek().append(start.group(1));
                }
                open.push(new Open(Integer.parseInt(start.group(2)), Integer.parseInt(start.group(3))));
            } else if (line.startsWith(END) && !open.isEmpty()) {
                Open ended = open.pop();
                if (!open.isEmpty()) {
                    ended.lines.forEach(open.peek()::append);
                }
                ended.flush(messages);
            } else {
                (open.isEmpty() ? plain : open.peek()).append(line);
            }
        }
        plain.flush(messages);
        return messages;
    }

    private static final class Open {
        private final int code;
        private final int severity;
        private final List<String> lines = new ArrayList<>();

        Open(int code, int severity) {
            this.code = code;
            this.severity = severity;
        }

        void append(String line) {
            lines.add(line);
        }

        void flush(List<Message> to) {
            if (code != PLAIN || !lines.isEmpty()) {
                to.add(new Message(code, severity, String.join("\n", lines)));
                lines.clear();
            }
        }
    }
}
