package dev.lockstep.crash;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a tier is to do.
 *
 * @param policies  the policies
 * @param mayDesync the names of those under which, by the specification, the legs may differ
 * @param formats   the formats of a log, by turns
 * @param cycles    how many cycles (kill, flakey) or states (enumerate) there are to be at least, of all policies together
 * @param seed      what random choices come from
 * @param jobs      how many processes to work with at a time
 * @param work      a folder for files that are removed
 * @param kept      a folder for what shows a failure
 * @param progress  told how far it is
 */
public record CrashSettings(List<Policy> policies, Set<String> mayDesync, List<LogFormat> formats, long cycles, long seed, int jobs, Path work, Path kept,
                            Consumer<String> progress) {
}
