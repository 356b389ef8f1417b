package dev.lockstep.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the replay of one policy came to, as it is kept.
 *
 * @param policy         the policy's name
 * @param logFormat      the log's format: {@code hardened} or {@code dm}
 * @param edges          how many edges the graph has, or are a matter of the shard of the suite that is performed
 * @param covered        how many of them the suite covers, as the coverage checker counts them
 * @param steps          how many steps were performed
 * @param stepsPerSecond how many of them a second
 * @param divergences    how many were found: the first ends the replay
 * @param states         how many states the graph has
 * @param walks          how many walks were to be performed
 * @param forks          how many steps were forks at a crash
 * @param images         how many distinct images crashes led to, in each of the parts that are performed at a time
 * @param stepsPerEdge   steps by edges, of what is performed
 * @param leastStepsPerEdge no suite of the graph has fewer steps for each edge: a proven bound
 * @param graphSeconds   how long TLC took, or reading the graph from the cache
 * @param suiteSeconds   how long the suite took to be generated and checked
 * @param replaySeconds  how long the replay took
 * @param stepsPerAction how many steps each action was performed in
 * @param divergence     the first divergence, or null
 */
record ReplayedPolicy(String policy, String logFormat, long edges, long covered, long steps, long stepsPerSecond, int divergences, int states,
        int walks, long forks, int images, double stepsPerEdge, double leastStepsPerEdge, double graphSeconds, double suiteSeconds,
        double replaySeconds, Map<String, Long> stepsPerAction, Finding divergence) {

    /**
     * A divergence, as it is kept.
     *
     * @param trace       the id of the trace that shows it
     * @param step        its last step, from 1 on
     * @param action      that step's action and parameters
     * @param differences what is not as the model says: of each variable the part that differs
     * @param prefix      the actions up to it
     * @param spec        where the action is defined
     * @param method      what carries it out; null if that is another mirror than Lockstep's
     * @param command     what repeats it
     * @param again       whether it was seen again on a new volume, by these steps; if not, it takes what earlier walks had left in the
     *                    files, and the command may not show it
     * @param lanes       who takes part
     * @param steps       the same steps, told; the first is the state in which they start
     */
    record Finding(String trace, int step, String action, List<ShownDifference> differences, List<String> prefix,
            SourceLines.InSpec spec, SourceLines.InCode method, String command, boolean again, List<String> lanes, List<ToldStep> steps) {

        /** {@return it, for a person} */
        String text() {
            StringBuilder text = new StringBuilder("divergence at step " + step + ", " + action + "\n");
            text.append("  spec    ").append(spec).append(method == null ? "" : "\n  code    " + method).append('\n');
            for (ShownDifference difference : differences) {
                text.append("  ").append(difference.variable()).append('\n')
                        .append("    expected  ").append(difference.expected()).append('\n')
                        .append("    observed  ").append(difference.observed()).append('\n');
            }
            for (int i = 0; i < prefix.size(); i++) {
                text.append(String.format("  %3d  %s%n", i + 1, prefix.get(i)));
            }
            if (!again) {
                text.append("  not seen again on a new volume: it takes what earlier walks had left in the files\n");
            }
            return text.append("  repeat  ").append(command).append('\n').toString();
        }
    }

    /** {@return whether every edge was covered and nothing diverged} */
    boolean asExpected() {
        return covered == edges && divergences == 0;
    }

    Optional<Finding> finding() {
        return Optional.ofNullable(divergence);
    }
}
