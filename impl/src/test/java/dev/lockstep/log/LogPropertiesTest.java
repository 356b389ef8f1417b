package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Bits are kept through every way in and out, compared with java.util.BitSet. */
class LogPropertiesTest {

    /** A number of regions, and regions to be turned, some more than once. */
    record Turns(int regions, boolean clean, List<Integer> turned) {

        LogImage fresh() {
            return clean ? LogImage.allClean(regions) : LogImage.allDirty(regions);
        }

        BitSet expected() {
            BitSet bits = new BitSet();
            bits.set(0, regions, clean);
            turned.forEach(bits::flip);
            return bits;
        }

        void applyTo(LogImage image) {
            turned.forEach(r -> {
                if (!image.markClean(r)) {
                    image.markDirty(r);
                }
            });
        }
    }

    @Provide
    Arbitrary<Turns> turns() {
        return Arbitraries.integers().between(1, 120_000).edgeCases(e -> e.add(63, 64, 65, 24_576, 24_577, 57_344))
                .flatMap(regions -> Combinators.combine(Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, regions - 1).list().ofMaxSize(60))
                        .as((clean, turned) -> new Turns(regions, clean, turned)));
    }

    @Property(seed = "2008", tries = 300)
    void anImageIsABitSet(@ForAll("turns") Turns turns) {
        LogImage image = turns.fresh();
        turns.applyTo(image);
        assertSame(image, turns.expected());
    }

    @Property(seed = "2008", tries = 300)
    void encodedAndReadBackItIsTheSame(@ForAll("turns") Turns turns) {
        LogImage image = turns.fresh();
        turns.applyTo(image);
        ByteBuffer log = DmLogFormat.encode(image);
        BitSet expected = turns.expected();
        byte[] bits = expected.toByteArray();
        assertThat(Arrays.copyOfRange(log.array(), 1024, 1024 + bits.length)).isEqualTo(bits);
        LogContents read = LogContents.read(new RecordingLeg(log.array()), turns.regions());
        assertThat(read.distrust()).isEmpty();
        assertSame(read.image(), expected);
    }

    @Property(seed = "2008", tries = 300)
    void writingWhatWasTurnedIsAsGoodAsWritingEverything(@ForAll("turns") Turns turns) throws IOException {
        RecordingLeg leg = new RecordingLeg((int) DmLogFormat.requiredLength(turns.regions()));
        DirtyRegionLog log = DirtyRegionLog.create(leg, turns.fresh());
        for (int region : turns.turned()) {
            new Turns(turns.regions(), turns.clean(), List.of(region)).applyTo(log.image());
            log.write();
        }
        assertThat(leg.content()).isEqualTo(DmLogFormat.encode(log.image()).array());
        assertSame(LogContents.read(leg, turns.regions()).image(), turns.expected());
    }

    private static void assertSame(LogImage image, BitSet expected) {
        assertThat(image.cleanCount()).isEqualTo(expected.cardinality());
        assertThat(image.dirtyCount()).isEqualTo(image.regions() - expected.cardinality());
        BitSet clean = new BitSet();
        for (int r = 0; r < image.regions(); r++) {
            clean.set(r, image.isClean(r));
        }
        assertThat(clean).isEqualTo(expected);
        BitSet notDirty = new BitSet();
        notDirty.set(0, image.regions());
        for (int r = image.nextDirty(0); r >= 0; r = image.nextDirty(r + 1)) {
            notDirty.clear(r);
        }
        assertThat(notDirty).isEqualTo(expected);
    }
}
