package dev.lockstep.sut;

import dev.lockstep.region.Policy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The configuration of a model of Mirror.tla whose state graph can be replayed on the mirror. */
public final class MirrorConstants {
    private MirrorConstants() {
    }

    /**
     * {@return the text of a TLC configuration that judges nothing}
     *
     * @param policy  the policy
     * @param size    the size of the volume, slots included
     * @param storing how a page is changed
     */
    public static String of(Policy policy, Size size, Storing storing) {
        return of(policy, size, storing, List.of("read"));
    }

    /**
     * {@return the text of a TLC configuration that judges nothing}
     *
     * @param policy      the policy
     * @param size        the size of the volume, slots included
     * @param storing     how a page is changed
     * @param environment what else happens: values of Mirror.tla's constant Environment
     */
    public static String of(Policy policy, Size size, Storing storing, List<String> environment) {
        return """
                SPECIFICATION Spec

                CONSTANTS
                  Regions = %d
                  BlocksPerRegion = %d
                  Legs = %d
                  Slots = %d
                  Source = %d
                  Value = {0, 1}

                  LegsRead = "%s"
                  CleanWhen = "%s"

                  Storing = "%s"
                  Environment = {%s}
                  Off = {}

                  Leg <- MCLeg
                  Block <- MCBlock
                  Page <- MCPage
                  Region <- MCRegion
                  Slot <- MCSlot
                  PageOf <- MCPageOf
                  RegionOf <- MCRegionOf
                """.formatted(size.regions(), size.blocksPerRegion(), size.legs(), size.slots(), Mirror.SOURCE,
                name(policy.legsRead()), name(policy.cleanWhen()), storing.written(),
                environment.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", ")));
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
