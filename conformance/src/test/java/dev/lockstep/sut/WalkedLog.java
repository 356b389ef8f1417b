package dev.lockstep.sut;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A log that is made to do what a module of the specification does. Not thread-safe. */
interface WalkedLog extends Closeable {
    /** A log is made over whatever is there, as an initial state has it. */
    void begin(Map<String, Value> state) throws IOException;

    /** Does what an action says; the state after it tells what was chosen. */
    void perform(Label action, Map<String, Value> before, Map<String, Value> after) throws IOException;

    /** {@return what is not as a state says} */
    Optional<String> differs(Map<String, Value> state) throws IOException;
}
