package dev.lockstep.cli;

import dev.lockstep.replay.Divergence;
import dev.lockstep.replay.Replayer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What performing a part of a suite came to.
 *
 * @param steps          how many steps were performed
 * @param forks          how many of them were forks at a crash
 * @param images         how many distinct images crashes led to, in each part for itself
 * @param stepsPerAction how many steps each action was performed in
 * @param divergence     the first thing that was not as the model says
 */
record PerformedPart(long steps, long forks, int images, Map<String, Long> stepsPerAction, Optional<Divergence> divergence) {
    static PerformedPart of(Replayer replayer, Optional<Divergence> divergence) {
        return new PerformedPart(replayer.steps(), replayer.forks(), replayer.images(), replayer.stepsPerAction(), divergence);
    }

    /** Both together. */
    PerformedPart and(PerformedPart other) {
        Map<String, Long> all = new TreeMap<>(stepsPerAction);
        other.stepsPerAction.forEach((action, more) -> all.merge(action, more, Long::sum));
        return new PerformedPart(steps + other.steps, forks + other.forks, images + other.images, all, divergence.or(other::divergence));
    }
}
