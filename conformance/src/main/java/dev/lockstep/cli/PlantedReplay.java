package dev.lockstep.cli;

import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.Replaying;
import dev.lockstep.region.Policy;
import dev.lockstep.replay.Divergence;
import dev.lockstep.replay.Replayer;
import dev.lockstep.suite.Walk;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.Variables;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Replays on the mirror that this class was loaded with: of a planted one, all that the replay uses is loaded once more. */
public final class PlantedReplay implements Replaying {
    /** Nothing is replayed yet. */
    public PlantedReplay() {
        // What it needs it is given.
    }

    @Override
    public Optional<Seen> replay(Mutant mutant, StateGraph graph, List<Walk> walks, Path files) throws IOException {
        Size size = Size.parse(mutant.size());
        try (Mirror mirror = new Mirror(files, size, Policy.named(mutant.policy()).orElseThrow(), ReplayModel.surroundings(mutant.environment()),
                LogFormats.parse("log", mutant.log()), new Stamps(size.blocks(), ReplayModel.VALUES), 0)) {
            Replayer replayer = new Replayer(graph, Variables.of(size), mirror);
            for (Walk walk : walks) {
                Optional<Divergence> divergence = replayer.walk(walk.start(), walk.edges());
                if (divergence.isPresent()) {
                    return divergence.map(PlantedReplay::seen);
                }
            }
            return Optional.empty();
        }
    }

    private static Seen seen(Divergence divergence) {
        List<String> found = divergence.differences().stream().map(each -> each.variable() + ": expected " + each.expected() + ", observed "
                + each.observed()).toList();
        return new Seen(divergence.edge(), divergence.fault().map(Label::toString).orElse(""), found, divergence.start(),
                divergence.edges().stream().mapToInt(edge -> edge).toArray());
    }
}
