package dev.lockstep.trace;

import java.util.Arrays;

/**
 * Collects edges in any order and sorts them by source, label, target. TLC hands them out by ascending source: as long
 * as that lasts, sources cost one offset a state instead of four bytes an edge. Not thread-safe.
 */
final class EdgeTable {
    private final IntList offsets = new IntList();
    private IntList targets = new IntList();
    private IdColumn labels = new IdColumn();
    /** Source of each edge; null as long as they ascend. */
    private IntList sources;
    private int lastSource;

    void add(int source, int label, int target) {
        if (sources == null && source < lastSource) {
            spellOutSources();
        }
        if (sources == null) {
            while (offsets.size() <= source) {
                offsets.add(targets.size());
            }
            lastSource = source;
        } else {
            sources.add(source);
        }
        targets.add(target);
        labels.add(label);
    }

    /** Sorts and returns the edges; the table must not be used after it. */
    Edges build(int stateCount) {
        int[] first = sources == null ? ascendingOffsets(stateCount) : bucketBySource(stateCount);
        int kept = 0;
        long[] group = new long[16];
        for (int source = 0; source < stateCount; source++) {
            int from = first[source];
            int length = first[source + 1] - from;
            group = group.length < length ? new long[length * 2] : group;
            for (int i = 0; i < length; i++) {
                group[i] = (long) labels.get(from + i) << 32 | targets.get(from + i);
            }
            Arrays.sort(group, 0, length);
            first[source] = kept;
            for (int i = 0; i < length; i++) {
                if (i == 0 || group[i] != group[i - 1]) {
                    targets.set(kept, (int) group[i]);
                    labels.set(kept, (int) (group[i] >>> 32));
                    kept++;
                }
            }
        }
        first[stateCount] = kept;
        labels.truncate(kept);
        return new Edges(first, targets.take(kept), labels);
    }

    private int[] ascendingOffsets(int stateCount) {
        while (offsets.size() <= stateCount) {
            offsets.add(targets.size());
        }
        return offsets.take(stateCount + 1);
    }

    private void spellOutSources() {
        sources = new IntList();
        for (int source = 0; source < offsets.size(); source++) {
            int end = source + 1 < offsets.size() ? offsets.get(source + 1) : targets.size();
            while (sources.size() < end) {
                sources.add(source);
            }
        }
    }

    private int[] bucketBySource(int stateCount) {
        int count = targets.size();
        int[] first = new int[stateCount + 1];
        for (int edge = 0; edge < count; edge++) {
            first[sources.get(edge) + 1]++;
        }
        for (int source = 0; source < stateCount; source++) {
            first[source + 1] += first[source];
        }
        int[] order = new int[count];
        int[] next = Arrays.copyOf(first, stateCount);
        for (int edge = 0; edge < count; edge++) {
            order[next[sources.get(edge)]++] = edge;
        }
        sources = null;
        IntList sortedTargets = new IntList();
        IdColumn sortedLabels = new IdColumn();
        for (int edge : order) {
            sortedTargets.add(targets.get(edge));
            sortedLabels.add(labels.get(edge));
        }
        targets = sortedTargets;
        labels = sortedLabels;
        return first;
    }

    /** Sorted edges: those of a state are at {@code first[state]} up to and without {@code first[state + 1]}. */
    record Edges(int[] first, int[] targets, IdColumn labels) {
    }
}
