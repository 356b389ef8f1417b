package dev.lockstep.sut;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A driven mirror in a process of its own, behind the line protocol: a line of JSON on its stdin for each event, a line of JSON on its
 * stdout for each answer. {@code conformance/PROTOCOL.md} is the protocol. A process that hangs, dies or talks nonsense ends in an
 * {@link AdapterException}; however that is, it is ended. Now and then a kill is a real one: the process is killed and another started, so that what
 * must not outlive a kill does not. Not thread-safe.
 */
public final class LineAdapter implements Adapter {
    /** The protocol's name. */
    public static final String PROTOCOL = "lockstep-mirror";
    /** The protocol's version. */
    public static final int VERSION = 1;
    /** One kill in this many is a real one. */
    private static final int REAL_KILL = 256;
    private static final int SHOWN = 400;

    private final List<String> command;
    private final Size size;
    private final Policy policy;
    private Duration longest;
    private SutProcess process;
    private String name = "";
    private long number;
    private int kills;

    /**
     * Starts a process and greets it.
     *
     * @param command the program and its arguments
     * @param size    the volume's size, which it is told
     * @param policy  the policy that it is to keep to, which it is told
     * @param longest how long it may take for an answer
     * @throws IOException      if it cannot be started
     * @throws AdapterException if it does not greet as it has to
     */
    public LineAdapter(List<String> command, Size size, Policy policy, Duration longest) throws IOException {
        this.command = List.copyOf(command);
        this.size = size;
        this.policy = policy;
        this.longest = longest;
        start();
    }

    private void start() throws IOException {
        process = SutProcess.start(command);
        number = 0;
        String hello = hello(size, policy);
        process.write(hello);
        String line = read(hello);
        try {
            name = AnswerReader.hello(line, VERSION);
        } catch (AnswerReader.NonsenseException e) {
            throw nonsense(hello, line, e);
        }
    }

    /** The line that a process is greeted with. */
    static String hello(Size size, Policy policy) {
        return "{\"n\":0,\"hello\":\"" + PROTOCOL + "\",\"version\":" + VERSION + ",\"policy\":\"" + policy.name() + "\",\"bytes\":"
                + size.bytes() + ",\"regionBytes\":" + size.regionBytes() + ",\"blockBytes\":" + Size.BLOCK_BYTES + ",\"regions\":" + size.regions()
                + ",\"blocks\":" + size.blocks() + ",\"legs\":" + size.legs() + ",\"writes\":" + size.slots() + ",\"source\":" + Mirror.SOURCE + '}';
    }

    /** {@return the name that the process gives itself} */
    public String name() {
        return name;
    }

    /** From now on it may take this long for an answer. */
    void longest(Duration otherwise) {
        longest = otherwise;
    }

    /** {@return the process's number, by which a test sees that it is gone} */
    long pid() {
        return process.pid();
    }

    @Override
    public Answer tell(Event event) {
        if (event.kind() == Event.Kind.KILL && ++kills % REAL_KILL == 0) {
            return killed(event);
        }
        String line = WireText.line(++number, event);
        process.write(line);
        String answer = read(line);
        try {
            return AnswerReader.answer(answer, number);
        } catch (AnswerReader.NonsenseException e) {
            throw nonsense(line, answer, e);
        }
    }

    private Answer killed(Event event) {
        process.end();
        try {
            start();
        } catch (IOException e) {
            throw new AdapterException("that it can be started again after " + event, "the system under test cannot be started: "
                    + e.getMessage());
        }
        return Answer.NOTHING;
    }

    private String read(String asked) {
        Optional<SutProcess.Line> read = process.read(longest);
        if (read.isPresent() && read.get().text() != null) {
            return read.get().text();
        }
        String what = read.map(line -> line.trouble() + " and " + process.condition())
                .orElseGet(() -> "did not answer within " + seconds(longest));
        throw new AdapterException("an answer to " + asked, "the system under test " + what + "; " + end());
    }

    private static String seconds(Duration duration) {
        String seconds = String.valueOf(duration.toMillis() / 1000.0).replaceAll("\\.0$", "");
        return seconds + (seconds.equals("1") ? " second" : " seconds");
    }

    private AdapterException nonsense(String asked, String line, AnswerReader.NonsenseException e) {
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        return new AdapterException("an answer to " + asked, "the system under test answered " + shown.replaceAll("\\p{Cntrl}", "?")
                + ", which " + e.getMessage() + "; " + end());
    }

    @Override
    public String end() {
        List<String> lines = process.end();
        return lines.isEmpty() ? "it has written nothing on its stderr" : "the last it has written on its stderr is\n      "
                + String.join("\n      ", lines);
    }
}
