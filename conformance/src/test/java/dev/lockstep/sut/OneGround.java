package dev.lockstep.sut;

import dev.lockstep.tlc.Model;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state graph of OneCopy, replayed on a log in dm-mirror's format of so many regions.
 *
 * @param regions how many
 * @param places  which of the sectors with bits are the module's regions, in ascending order
 */
public record OneGround(int regions, List<Integer> places) {
    /** How many regions a sector has. */
    public static final int SECTOR_REGIONS = DmBytes.SECTOR_REGIONS;

    /** {@return the model: that of the verdicts, with as many regions as there are places} */
    public Model model(Path spec) {
        return new Model("Replay_OneCopy_" + places.size(), spec, "MCOneCopy", """
                SPECIFICATION Spec

                CONSTANTS
                  Regions = %d
                  Damage = TRUE
                  Off = {}
                """.formatted(places.size()));
    }

    /** {@return the name of its graph} */
    public String graph() {
        return "OneCopy-" + places.size() + (apart() ? "-apart" : "");
    }

    /** Whether its places are written by writes of their own. */
    private boolean apart() {
        return places.stream().mapToInt(place -> DmBytes.chunkOf(2 + place)).distinct().count() > 1;
    }

    /**
     * {@return the graph of what a log of this ground can do}
     * Sectors of several writes are written in ascending order, so that a process that dies leaves none of a later write if it leaves one of an
     * earlier write out.
     *
     * @param whole the graph of the model
     */
    public StateGraph possible(StateGraph whole) {
        return apart() ? CopiesGround.without(whole, OneGround::isOutOfOrder) : whole;
    }

    private static boolean isOutOfOrder(Label label, Map<String, Value> before) {
        return label.action().equals("KillWriting") && OneLog.left(label, before).equals(Set.of(0));
    }

    /**
     * Performs walks until one diverges.
     *
     * @param graph  the graph
     * @param walks  the walks
     * @param most   how many steps, about
     * @param folder where the log's file is
     * @return where the log is not as the module says
     * @throws IOException if the file cannot be used
     */
    public Optional<String> replay(StateGraph graph, List<int[]> walks, int most, Path folder) throws IOException {
        try (OneLog log = new OneLog(folder.resolve("log"), regions, places)) {
            return LogWalks.replay(log, graph, walks, most);
        }
    }

    @Override
    public String toString() {
        return "OneCopy, " + regions + " regions, sectors " + places;
    }
}
