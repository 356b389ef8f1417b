package dev.lockstep.cli;

import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.Walk;
import dev.lockstep.trace.GraphHashes;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tells a suite from others, and what is in it.
 *
 * @param policy      the policy
 * @param states      states of the graph
 * @param edges       edges of the graph
 * @param walks       walks of the whole suite
 * @param steps       their steps, forks included
 * @param forks       how many of these are forks at a crash
 * @param lowerBound  no suite of the graph has fewer steps
 * @param suiteHash   SHA-256 of the walks in order, each of its states' contents and its steps' labels: two suites have the same exactly
 *                    when they are equal, whatever numbers their states had
 * @param edgesOf     edges of the graph by action
 * @param stepsOf     steps by action and parameters
 */
record SuiteManifest(String policy, int states, int edges, int walks, long steps, long forks, long lowerBound, String suiteHash,
        Map<String, Long> edgesOf, Map<String, Long> stepsOf) {
    private static final byte END_OF_WALK = 0;
    private static final byte STEP = 1;

    /** Counts and hashes a suite. */
    static SuiteManifest of(String policy, StateGraph graph, SuiteGenerator.Measured measured, GraphHashes hashes) {
        long[] edges = new long[graph.labels().size()];
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            edges[graph.labelId(edge)]++;
        }
        long[] steps = new long[edges.length];
        MessageDigest digest = sha256();
        for (Walk walk : measured.suite().walks()) {
            hashes.addState(digest, walk.start());
            for (int edge : walk.edges()) {
                steps[graph.labelId(edge)]++;
                digest.update(STEP);
                hashes.addLabel(digest, graph.labelId(edge));
                hashes.addState(digest, graph.target(edge));
            }
            digest.update(END_OF_WALK);
        }
        Map<String, Long> edgesOf = new TreeMap<>();
        Map<String, Long> stepsOf = new TreeMap<>();
        long forks = 0;
        for (int label = 0; label < edges.length; label++) {
            Label named = graph.labels().get(label);
            edgesOf.merge(named.action(), edges[label], Long::sum);
            stepsOf.put(named.toString(), steps[label]);
            forks += PreparedSuite.isCrash(named) ? steps[label] : 0;
        }
        return new SuiteManifest(policy, graph.stateCount(), graph.edgeCount(), measured.suite().walks().size(), measured.stats().steps(),
                forks, measured.stats().lowerBound(), HexFormat.of().formatHex(digest.digest()), edgesOf, stepsOf);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
