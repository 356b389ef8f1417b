package dev.lockstep.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of what the specification allows crashes to leave they were seen to leave.
 *
 * @param crashes  how many crashes there were
 * @param contents how many contents of all devices are allowed after them, of all together; one was found after each
 * @param allowed  how many outcomes are allowed, each counted once where the same devices were being reached
 * @param found    how many of those were found
 * @param kinds    crashes in which something may have reached the same devices
 */
public record CrashOutcomes(int crashes, long contents, int allowed, int found, List<Kind> kinds) {
    /** Keeps a copy. */
    public CrashOutcomes {
        kinds = List.copyOf(kinds);
    }

    /**
     * Crashes in which something may have reached the same devices.
     *
     * @param underWay the devices
     * @param crashes  how many crashes
     * @param allowed  how many outcomes are allowed
     * @param found    those that were found
     * @param never    those that never were
     */
    public record Kind(String underWay, int crashes, int allowed, List<String> found, List<String> never) {
        /** Keeps copies. */
        public Kind {
            found = List.copyOf(found);
            never = List.copyOf(never);
        }

        private static Kind of(String underWay, List<CrashOutcome> crashes) {
            Set<String> allowed = new TreeSet<>();
            Set<String> found = new TreeSet<>();
            crashes.forEach(each -> allowed.addAll(each.allowed()));
            crashes.forEach(each -> found.add(each.found()));
            Set<String> never = new TreeSet<>(allowed);
            never.removeAll(found);
            return new Kind(underWay, crashes.size(), allowed.size(), List.copyOf(found), List.copyOf(never));
        }
    }

    /**
     * {@return the count of crashes}
     *
     * @param outcomes of each what it left, and might have left
     */
    public static CrashOutcomes of(List<CrashOutcome> outcomes) {
        Map<String, List<CrashOutcome>> byDevices = new TreeMap<>();
        outcomes.forEach(each -> byDevices.computeIfAbsent(each.underWay(), first -> new ArrayList<>()).add(each));
        List<Kind> kinds = new ArrayList<>();
        byDevices.forEach((devices, crashes) -> kinds.add(Kind.of(devices, crashes)));
        return new CrashOutcomes(outcomes.size(), outcomes.stream().mapToLong(CrashOutcome::contents).sum(),
                kinds.stream().mapToInt(Kind::allowed).sum(), kinds.stream().mapToInt(each -> each.found().size()).sum(), kinds);
    }
}
