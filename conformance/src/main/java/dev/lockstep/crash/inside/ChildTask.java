package dev.lockstep.crash.inside;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a child process is to do, as its arguments say.
 *
 * @param job          what kind of work
 * @param policy       the policy
 * @param seed         what the child's random choices come from
 * @param legs         the legs' files or devices
 * @param log          the log's
 * @param layout       how the volume is divided
 * @param format       the format of the log of a volume that is made; one that is opened tells its own
 * @param operations   after how many operations each writer stops and the volume is unmounted
 * @param firstContent the first number for a content that was not used before on this volume
 * @param slowMicros   how long a leg that is not the source may at most be late with a write, in microseconds
 * @param pace         how many times as long as on a usual machine the workload's pauses are
 * @param point        where to stop, if anywhere
 */
public record ChildTask(Job job, Policy policy, long seed, List<Path> legs, Path log, Layout layout, LogFormat format,
                        int operations,
                        long firstContent, int slowMicros, int pace, Optional<Point> point) {

    /** Kinds of work. */
    public enum Job {
        /** Makes volumes in a folder, one after another: the log's path is the folder. */
        CREATE,
        /** Opens the volume and works on it; what is out of sync is resynchronised meanwhile. */
        RUN,
        /** Opens the volume, resynchronises what is out of sync, and unmounts it. */
        RECOVER
    }

    /** {@return the arguments that say this} */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("job=" + job, "policy=" + policy.name(), "seed=" + seed,
                "legs=" + legs.stream().map(Path::toString).collect(Collectors.joining(":")), "log=" + log,
                "bytes=" + layout.bytes(), "region=" + layout.regionBytes(), "source=" + layout.source(),
                "format=" + format,
                "operations=" + operations, "content=" + firstContent, "slow=" + slowMicros, "pace=" + pace));
        point.ifPresent(where -> arguments.add("point=" + where));
        return arguments;
    }

    /**
     * {@return the task that arguments say}
     *
     * @param arguments as {@link #arguments} gives them
     */
    static ChildTask parse(String... arguments) {
        Map<String, String> said = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            said.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        List<Path> legs = Arrays.stream(said.get("legs").split(":")).map(Path::of).toList();
        return new ChildTask(Job.valueOf(said.get("job")), Policy.named(said.get("policy")).orElseThrow(),
                Long.parseLong(said.get("seed")), legs, Path.of(said.get("log")),
                new Layout(Long.parseLong(said.get("bytes")), Integer.parseInt(said.get("region")), legs.size(),
                        Integer.parseInt(said.get("source"))), LogFormat.valueOf(said.get("format")),
                Integer.parseInt(said.get("operations")), Long.parseLong(said.get("content")),
                Integer.parseInt(said.get("slow")), Integer.parseInt(said.get("pace")),
                Optional.ofNullable(said.get("point")).map(Point::parse));
    }
}
