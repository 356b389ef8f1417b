package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Adapter;
import dev.lockstep.sut.BlockContents;
import dev.lockstep.sut.DrivenMirror;
import dev.lockstep.sut.DrivenVariables;
import dev.lockstep.sut.LineAdapter;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.Variable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A mirror that is a program of its own, started by a command and driven by the line protocol. */
final class SutCommand implements MirrorMaker {
    private final String command;
    private final List<String> words;
    private final Duration longest;

    /**
     * A command, which is not started yet.
     *
     * @param longest how long it may take for an answer
     * @throws UserMistake if it is no command
     */
    SutCommand(String command, Duration longest) {
        this.command = command;
        this.words = CommandWords.of("--sut", command);
        this.longest = longest;
    }

    /**
     * Starts it and greets it.
     *
     * @throws UserMistake                          if it cannot be started
     * @throws dev.lockstep.sut.AdapterException if it does not greet as it has to
     */
    LineAdapter start(Size size, Policy policy) {
        try {
            return new LineAdapter(words, size, policy, longest);
        } catch (IOException e) {
            throw new UserMistake("--sut " + command + " cannot be started: a program and its arguments were expected, but " + e.getMessage(), e);
        }
    }

    @Override
    public DrivenMirror make(Path folder, Size size, Policy policy, Surroundings surroundings, LogFormat format, BlockContents blocks)
            throws IOException {
        Adapter adapter = start(size, policy);
        try {
            return new DrivenMirror(folder, size, policy, surroundings, format, blocks, adapter);
        } catch (IOException | RuntimeException e) {
            adapter.close();
            throw e;
        }
    }

    @Override
    public List<Variable> variables(Size size) {
        return DrivenVariables.of(size);
    }

    /** As one writes it after {@code --sut}. */
    String command() {
        return command;
    }
}
