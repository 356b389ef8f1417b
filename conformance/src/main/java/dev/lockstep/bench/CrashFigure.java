package dev.lockstep.bench;

/**
 * What a volume had to resync after its process was killed.
 *
 * @param policy  the policy
 * @param written how many bytes had been written before, since the volume was made
 * @param regions how many regions were out of sync when it was opened again
 * @param bytes   how many bytes were copied until none was
 */
public record CrashFigure(String policy, long written, int regions, long bytes) {
}
