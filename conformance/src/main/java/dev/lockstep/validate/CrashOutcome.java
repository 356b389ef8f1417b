package dev.lockstep.validate;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a crash left on the devices, next to all that the specification allows that crash to leave. An outcome is told by the devices on which
 * something is that is not known to have been written: what was under way has reached them, or, where the power was cut, what was written is lost.
 *
 * @param underWay the devices that something may have reached, or on which it may be lost; {@link #NOTHING} if there are none
 * @param contents how many contents of all devices are allowed
 * @param allowed  the outcomes that are
 * @param found    the one that was found
 */
public record CrashOutcome(String underWay, int contents, Set<String> allowed, String found) {
    /** No device. */
    public static final String NOTHING = "nothing";

    /** Keeps a copy. Nothing is found that is not allowed: a recording of which that is so is rejected, and not counted. */
    public CrashOutcome {
        allowed = Set.copyOf(allowed);
        if (!allowed.contains(found)) {
            throw new IllegalArgumentException("a crash with something under way to " + underWay + " is said to have left " + found + ", of " + allowed
                    + " that are allowed");
        }
    }

    static CrashOutcome of(Crash crash, Set<OnDevices> allowed) {
        if (!allowed.contains(crash.found())) {
            throw new IllegalStateException("a recording is accepted, and what was found after one of its crashes is not among all that may be: " + crash.found());
        }
        Set<String> reached = new TreeSet<>();
        allowed.forEach(each -> reached.addAll(each.differences(crash.known())));
        return new CrashOutcome(reached.isEmpty() ? NOTHING : String.join(", ", reached), allowed.size(),
                allowed.stream().map(each -> told(each, crash.known())).collect(Collectors.toSet()), told(crash.found(), crash.known()));
    }

    private static String told(OnDevices outcome, OnDevices known) {
        Set<String> reached = new TreeSet<>(outcome.differences(known));
        return reached.isEmpty() ? NOTHING : String.join(" and ", reached);
    }
}
