package dev.lockstep.cli;

import dev.lockstep.volume.Difference;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Scrub;
import dev.lockstep.volume.ScrubChoice;
import dev.lockstep.volume.ScrubListener;
import dev.lockstep.volume.ScrubTotals;
import dev.lockstep.volume.TaskProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code volume scrub}. */
@Command(name = "scrub", sortOptions = false,
        description = "Compares the legs of a volume, and names every sector in which they differ. Where a region is clean, that is a "
                + "finding, and the exit code is 3; where one is out of sync it is not, and volume resync sees to it.")
final class VolumeScrub extends VolumeUser {
    /** How many sectors are kept in the result, and how many are printed; all are counted. */
    private static final int KEPT = 1000;
    private static final int PRINTED = 16;
    /** How many bytes of a sector are shown. */
    private static final int SHOWN = 16;

    @Option(names = "--repair-from", paramLabel = "LEG",
            description = "Repair regions whose legs differ, from this leg, counted from 0: you say that it is right.")
    private Optional<Integer> repairFrom = Optional.empty();

    @Option(names = "--clean-only", description = "Look at clean regions alone.")
    private boolean cleanOnly;

    @Option(names = "--throttle", paramLabel = "BYTES",
            description = "How much it may read a second, each leg counted (default: as much as can be).")
    private Optional<String> throttle = Optional.empty();

    VolumeScrub(Console console) {
        super(console);
    }

    /**
     * A sector in which legs differ, as it is kept.
     *
     * @param sector the sector, of 512 bytes, counted from the beginning of the volume
     * @param region its region
     * @param state  the region's state
     * @param desync whether the region is clean, so that this must never be
     * @param from   the first byte that differs, counted in the sector
     * @param legs   of each leg the bytes from there on, at most 16
     */
    record Differing(long sector, int region, String state, boolean desync, int from, Map<Integer, String> legs) {
        static Differing of(Difference difference) {
            Map<Integer, byte[]> bytes = difference.legs();
            byte[] one = bytes.values().iterator().next();
            int from = 0;
            while (from < SECTOR - 1 && same(bytes, from, one[from])) {
                from++;
            }
            int begin = from;
            Map<Integer, String> legs = new TreeMap<>();
            bytes.forEach((leg, content) -> legs.put(leg, HexFormat.of().formatHex(content, begin, Math.min(SECTOR, begin + SHOWN))));
            return new Differing(difference.sector(), difference.region(), difference.state().name(), difference.isDesync(), from, legs);
        }

        private static boolean same(Map<Integer, byte[]> bytes, int at, byte value) {
            return bytes.values().stream().allMatch(content -> content[at] == value);
        }

        String text() {
            StringBuilder text = new StringBuilder("sector " + sector + ", region " + region + ", which is " + state + ", from byte " + from
                    + " on\n");
            legs.forEach((leg, hex) -> text.append("  leg ").append(leg).append("  ").append(hex).append('\n'));
            return text.toString();
        }
    }

    @Override
    void check(FoundVolume found) {
        Throttle.of(throttle);
        repairFrom.ifPresent(leg -> found.requireLeg("--repair-from", leg));
    }

    /** Keeps what is found. */
    private static final class Findings implements ScrubListener {
        private final Progress progress;
        private final List<Differing> kept = new ArrayList<>();
        private final List<String> obstacles = new ArrayList<>();

        Findings(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void differs(Difference difference) {
            if (kept.size() < KEPT) {
                kept.add(Differing.of(difference));
            }
        }

        @Override
        public void repaired(int region, int leg, String why) {
            if (why != null && obstacles.size() < KEPT) {
                obstacles.add("region " + region + " was not repaired from leg " + leg + ": " + why);
            }
        }

        @Override
        public void progressed(TaskProgress far) {
            progress.show("scrub: " + far.regionsDone() + " regions done, " + far.regionsLeft() + " left, "
                    + ByteCount.text(far.bytesLeft()));
        }
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        Findings findings = new Findings(progress);
        ScrubChoice choice = cleanOnly ? ScrubChoice.CLEAN_REGIONS : ScrubChoice.EVERY_REGION;
        Scrub scrub = new Scrub(open, repairFrom.map(choice::repairingFrom).orElse(choice), Throttle.of(throttle), findings);
        scrub.start();
        scrub.await();
        ScrubTotals totals = scrub.totals();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("compared", totals.regions());
        keys.put("passedOver", totals.skipped());
        keys.put("desyncs", totals.desyncs());
        keys.put("otherDifferences", totals.otherwise());
        keys.put("repaired", totals.repaired());
        keys.put("notRepaired", obstacles(findings));
        keys.put("differences", findings.kept);
        return new Did(totals.desyncs() > 0 ? Ending.FINDING : Ending.AS_EXPECTED, keys, text(totals, findings));
    }

    private static List<String> obstacles(Findings findings) {
        return List.copyOf(findings.obstacles);
    }

    private static String text(ScrubTotals totals, Findings findings) {
        StringBuilder text = new StringBuilder();
        findings.kept.stream().limit(PRINTED).forEach(difference -> text.append(difference.text()));
        long more = totals.desyncs() + totals.otherwise() - Math.min(PRINTED, findings.kept.size());
        if (more > 0) {
            text.append("and ").append(more).append(" sectors more; the result has the first ").append(KEPT).append('\n');
        }
        findings.obstacles.stream().limit(PRINTED).forEach(why -> text.append(why).append('\n'));
        text.append("compared ").append(totals.regions()).append(" regions; ").append(totals.desyncs())
                .append(" sectors differ in clean regions, ").append(totals.otherwise()).append(" in others\n");
        if (totals.repaired() > 0) {
            text.append("repaired ").append(totals.repaired()).append(" regions\n");
        }
        return text.toString();
    }
}
