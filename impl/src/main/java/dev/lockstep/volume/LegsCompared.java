package dev.lockstep.volume;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a chunk from every leg and finds the sectors that differ, with what the driver knew of the region meanwhile. Not
 * thread-safe: it keeps its buffers.
 */
final class LegsCompared {
    /** A chunk in use is read that often before it is reported as one in use. */
    private static final int TRIES = 3;

    private final RegionTasks tasks;
    private final Layout layout;
    private final ByteBuffer[] buffers;

    LegsCompared(Volume volume) {
        this.tasks = volume.shell().tasks();
        this.layout = volume.layout();
        this.buffers = new ByteBuffer[layout.legs()];
    }

    /**
     * The sectors of a chunk that differ, ascending. A chunk that differs is read again, and only what was the same both times
     * counts; one whose region was in use meanwhile is begun with again, a few times.
     */
    List<Difference> differences(int region, int chunk) throws IOException {
        List<Difference> found = List.of();
        for (int tries = 0; tries < TRIES; tries++) {
            RegionWatch watch = tasks.watch(region);
            boolean settled;
            try {
                found = read(region, chunk, watch);
                if (!found.isEmpty()) {
                    found = both(found, read(region, chunk, watch));
                }
            } finally {
                settled = !tasks.unwatch(watch);
            }
            if (settled || found.isEmpty()) {
                return found;
            }
        }
        return found.stream().map(each -> new Difference(each.sector(), region, each.state(), each.clean(), true, each.legs())).toList();
    }

    private List<Difference> read(int region, int chunk, RegionWatch watch) throws IOException {
        long position = layout.position(region, chunk);
        int length = layout.chunkLength(position);
        if (length <= 0) {
            return List.of();
        }
        List<Integer> legs = tasks.legsInUse();
        for (int leg : legs) {
            try {
                tasks.look(buffer(leg, length), position, leg);
            } catch (IOException e) {
                if (tasks.legsInUse().contains(leg)) {
                    throw e;
                }
                // It was put out of use for that: the others are compared.
                return read(region, chunk, watch);
            }
        }
        List<Difference> found = new ArrayList<>();
        for (int at = 0; at < length; at += Leg.SECTOR) {
            if (differ(legs, at)) {
                found.add(new Difference((position + at) / Leg.SECTOR, region, watch.state(), watch.clean(), false, sector(legs, at)));
            }
        }
        return found;
    }

    private ByteBuffer buffer(int leg, int length) {
        if (buffers[leg] == null) {
            buffers[leg] = ByteBuffer.allocateDirect(layout.chunkBytes());
        }
        return buffers[leg].clear().limit(length);
    }

    private boolean differ(List<Integer> legs, int at) {
        ByteBuffer first = buffers[legs.get(0)].slice(at, Leg.SECTOR);
        return legs.stream().anyMatch(leg -> !first.equals(buffers[leg].slice(at, Leg.SECTOR)));
    }

    private SortedMap<Integer, byte[]> sector(List<Integer> legs, int at) {
        SortedMap<Integer, byte[]> sector = new TreeMap<>();
        for (int leg : legs) {
            byte[] bytes = new byte[Leg.SECTOR];
            buffers[leg].get(at, bytes);
            sector.put(leg, bytes);
        }
        return sector;
    }

    private static List<Difference> both(List<Difference> once, List<Difference> again) {
        Map<Long, Difference> before = once.stream().collect(Collectors.toMap(Difference::sector, Function.identity()));
        return again.stream().filter(each -> before.containsKey(each.sector()) && same(each, before.get(each.sector()))).toList();
    }

    private static boolean same(Difference one, Difference other) {
        SortedMap<Integer, byte[]> others = other.legs();
        return one.legs().entrySet().stream().allMatch(leg -> Arrays.equals(leg.getValue(), others.get(leg.getKey())));
    }
}
