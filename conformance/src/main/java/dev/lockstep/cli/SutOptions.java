package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.AdapterException;
import dev.lockstep.sut.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the replay that are about a mirror other than Lockstep's own. */
final class SutOptions {
    private static final double LONGEST = 3600;

    @Option(names = "--sut", paramLabel = "COMMAND", description = "Replay on this mirror: a program and its arguments, which speaks the line "
            + "protocol of conformance/PROTOCOL.md. No shell is asked; quotes keep words together. With --policy, the one that it keeps to.")
    private Optional<String> command = Optional.empty();

    @Option(names = "--sut-timeout", paramLabel = "SECONDS", defaultValue = "10", description = "How long it may take for an answer (default: "
            + "${DEFAULT-VALUE}).")
    private double seconds = 10;

    @Option(names = "--kit", description = "Try the mirror of --sut with the short story of the protocol's test kit, and replay nothing.")
    private boolean kit;

    /** The mirror to replay on. */
    MirrorMaker maker() {
        return command.isPresent() ? sut() : MirrorMaker.OWN;
    }

    private SutCommand sut() {
        return new SutCommand(command.orElseThrow(), Duration.ofNanos((long) (seconds * 1e9)));
    }

    /**
     * Looks at them.
     *
     * @param policies how many policies are to be replayed
     * @param more     what happens beside what always does
     * @param traced   whether a trace is to be replayed
     * @throws UserMistake if they do not fit
     */
    void check(int policies, List<String> more, boolean traced) {
        if (!(seconds > 0 && seconds <= LONGEST)) {
            throw new UserMistake("--sut-timeout " + seconds + " is no time to wait; more than 0 and at most 3600 seconds are expected");
        }
        if (command.isEmpty()) {
            if (kit) {
                throw new UserMistake("--kit tries a mirror, and none is named: --sut is expected with it");
            }
            return;
        }
        CommandWords.of("--sut", command.get());
        if (kit && traced) {
            throw new UserMistake("--kit replays nothing: it is expected without --trace");
        }
        if (policies != 1) {
            throw new UserMistake("--sut " + command.get() + " is one mirror: one --policy is expected with it, the one that it keeps to");
        }
        more.stream().filter(each -> !List.of("direct", "mmap").contains(each)).findFirst().ifPresent(each -> {
            throw new UserMistake("--environment " + each + " happens to Lockstep's own mirror only: the line protocol does not have it, and "
                    + "direct or mmap is expected if anything");
        });
    }

    /** Tries the mirror, if that is all that is asked for. */
    Optional<VerbResult> kit(Policy policy, Path folder) throws IOException {
        return kit ? Optional.of(SutKit.run(sut(), policy, folder)) : Optional.empty();
    }

    /**
     * Sees whether the mirror starts and greets, before anything takes long.
     *
     * @throws UserMistake      if it cannot be started
     * @throws AdapterException if it does not greet as it has to
     */
    void greet(Size size, Policy policy) {
        if (command.isPresent()) {
            sut().start(size, policy).close();
        }
    }

    /** What a mirror came to that did not even greet. */
    static VerbResult refused(AdapterException e) {
        return SutKit.refused(List.of(), "before the first trace: expected was " + e.expected() + ", but " + e.observed() + '\n');
    }

    /** The options as they have to be given again; begins with a blank, or is empty. */
    String again() {
        return command.map(text -> " --sut '" + text.replace("'", "'\\''") + "'" + (seconds == 10 ? "" : " --sut-timeout " + seconds)).orElse("");
    }
}
