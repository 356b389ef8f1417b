package dev.lockstep.bench;

import java.util.List;

/**
 * All that was measured.
 *
 * @param rounds  how many rounds each load had
 * @param ratios  a figure for each load and target
 * @param crashes what had to be resynced after a crash, by policy
 * @param scales  what a volume costs by its length
 */
public record BenchResult(int rounds, List<Figure> ratios, List<CrashFigure> crashes, List<ScaleFigure> scales) {
}
