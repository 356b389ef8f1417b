package dev.lockstep.crash.enumerate;

import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the production code believes of what a crash left of log and labels, with each set of legs that a user may name.
 *
 * <p>By the log alone: the volume is not to be refused, every leg that is recorded to be in use is to be trusted, and so are the bits:
 * {@code CrashHarmless} of {@code Generations.tla}. (A log in dm-mirror's format says nothing of that; there it is the labels alone.) And with a file that lies around at the place that the change is about: the leg that was
 * removed or replaced, or the one that has not come in yet. The one is never to be in use ({@code TakenOutNotTaken}), the other at most as
 * one that has nothing, while every region is dirty. The volume may be refused
 * with it in two cases: if it is recorded that the place holds no leg, and if the leg that it is named instead of is the source
 * ({@code MayOpen}: what another device holds is not known, so no region counts as clean then). Not thread-safe.
 */
final class Standings {
    private final Setting setting;
    private final Map<DiskState.Key, Standing> known = new HashMap<>();

    Standings(Setting setting) {
        this.setting = setting;
    }

    Standing of(DiskState state) {
        if (!setting.labels()) {
            return known.computeIfAbsent(new DiskState.Key(new int[0]), key -> Standing.whole(setting.layout().legs(), setting.layout().source()));
        }
        return known.computeIfAbsent(key(state), key -> judge(state));
    }

    /** All that it depends on: the log, and what lies behind the data of each leg. */
    private DiskState.Key key(DiskState state) {
        return setting.labels(state).and(state.now(setting.logDevice()));
    }

    private Standing judge(DiskState state) {
        Standing standing = Standing.whole(setting.layout().legs(), setting.layout().source());
        try {
            if (!setting.namesLegs()) {
                return named(state);
            }
            Optional<Superblock> onLog = Superblock.find(setting.reading(setting.logDevice(), state.now(setting.logDevice())));
            if (onLog.isEmpty()) {
                return standing.but("the log says nothing of its volume");
            }
            List<Integer> places = OpenedVolume.places(onLog.get());
            FoundRecord found = judge(state, onLog.get(), places);
            standing = new Standing(onLog.get().generation().number(), found.opened().membership(), places, Optional.empty());
            Optional<String> wrong = untrusted(found).or(() -> lyingAround(state, onLog.get().membership(), places));
            return wrong.map(standing::but).orElse(standing);
        } catch (StoreException e) {
            return standing.but("the volume is refused: " + e.getMessage());
        }
    }

    private static Optional<String> untrusted(FoundRecord found) {
        return found.distrust().map(why -> "opening does not trust what a crash left: " + why)
                .or(() -> found.told().stream().findFirst().map(why -> "a leg is out of use because of a crash: " + why));
    }

    /** Where the log does not say which legs there are, the user names those that there were, unless the new one is found to be in use. */
    private Standing named(DiskState state) throws StoreException {
        List<Integer> places = new ArrayList<>(IntStream.range(0, setting.layout().legs()).boxed().toList());
        LegChange.Wanted change = setting.change().orElseThrow();
        int before = places.set(change.place(), change.device());
        if (!takes(state, places, change.place())) {
            places.set(change.place(), before);
        }
        FoundRecord found = judge(state, setting.named(places), places);
        // The record of this opening would be the next.
        Standing standing = new Standing(found.opened().generation().number() - 1, found.opened().membership(), places, Optional.empty());
        return untrusted(found).or(() -> lyingAround(state, found.opened().membership(), places)).map(standing::but).orElse(standing);
    }

    private boolean takes(DiskState state, List<Integer> places, int place) {
        try {
            return !judge(state, setting.named(places), places).opened().membership().isOut(place);
        } catch (StoreException e) {
            return false;
        }
    }

    private FoundRecord judge(DiskState state, Superblock volume, List<Integer> places) throws StoreException {
        List<FoundRecord.Found> legs = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            int device = places.get(place);
            legs.add(device == Standing.NONE ? new FoundRecord.Found("place " + place, false, Optional.empty())
                    : new FoundRecord.Found("leg" + device, true, label(state, device)));
        }
        return FoundRecord.judge(volume, setting.namesLegs() && setting.distrust(state).isEmpty(), setting.distrust(state), isClean(state), legs);
    }

    private Superblock volume(DiskState state, List<Integer> named) throws StoreException {
        return setting.namesLegs() ? Superblock.find(setting.reading(setting.logDevice(), state.now(setting.logDevice()))).orElseThrow()
                : setting.named(named);
    }

    private boolean isClean(DiskState state) {
        return setting.log(state).dirtyCount() == 0;
    }

    private Optional<LegLabel> label(DiskState state, int device) throws StoreException {
        return LegLabel.find(setting.reading(device, state.now(device)), setting.layout().bytes());
    }

    /** What is wrong if each device that is no leg is named at the place that the change is about. */
    private Optional<String> lyingAround(DiskState state, Membership recorded, List<Integer> places) {
        if (setting.change().isEmpty()) {
            return Optional.empty();
        }
        int place = setting.change().get().place();
        for (int device = 0; device < setting.legDevices(); device++) {
            if (!places.contains(device)) {
                List<Integer> named = new ArrayList<>(places);
                while (named.size() <= place) {
                    named.add(Standing.NONE);
                }
                named.set(place, device);
                Optional<String> wrong = lyingAround(state, recorded, named, place);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> lyingAround(DiskState state, Membership recorded, List<Integer> named, int place) {
        String leg = "leg" + named.get(place) + ", which is no leg of the volume, is named as leg " + place + ": ";
        try {
            FoundRecord found = judge(state, volume(state, named), named);
            Membership now = found.opened().membership();
            // A new leg has its label before it is recorded to be in use, and every region is durably dirty before that. So whoever names it
            // instead of the leg that was there before has it resynced.
            boolean dirty = found.distrust().isPresent() || setting.log(state).cleanCount() == 0;
            boolean wasLeg = named.get(place) < setting.layout().legs();
            if (!now.isOut(place) && (wasLeg || now.source() == place || !dirty)) {
                return Optional.of(leg + "it is believed");
            }
            return dirty ? Optional.empty() : Optional.of(leg + "regions are clean that it may lack");
        } catch (StoreException e) {
            // A leg whose data is not known leaves no region clean (Found.clean), so the source cannot be done without.
            boolean may = recorded.isAbsent(place) || place == recorded.source();
            return may ? Optional.empty() : Optional.of(leg + "the volume is refused: " + e.getMessage());
        }
    }
}
