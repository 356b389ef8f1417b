package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The record of a volume with labels: which slots hold a leg, and what is told of a leg that has none any more. */
class LabelledRecordTest {
    private static final long BYTES = 8 * 4096;
    private static final int NO_LEGS = 0b1_1111_1100;
    private static final Superblock NEW = new Superblock(new UUID(7, 8), BYTES, 4096, 0, List.of(
            new Superblock.LegEntry("a", true, Generation.FIRST), new Superblock.LegEntry("b", true, Generation.FIRST)));

    private final SectorLeg device = new SectorLeg(HardenedFormat.requiredLength(8));
    private final List<SectorLeg> legs = new ArrayList<>(List.of(leg(), leg()));
    private long nonce = 100;

    private static SectorLeg leg() {
        return new SectorLeg(LegLabel.legBytes(BYTES));
    }

    private LabelledRecord made() throws IOException {
        LabelledRecord.label(legs, NEW);
        DirtyRegionLog.create(device, NEW, LogImage.allClean(8));
        return opened();
    }

    private FoundRecord judged(boolean logThere) throws IOException {
        return judged(logThere ? Superblock.find(device) : Optional.empty());
    }

    private FoundRecord judged(Optional<Superblock> onLog) throws IOException {
        boolean logThere = onLog.isPresent();
        List<FoundRecord.Found> found = new ArrayList<>();
        for (int slot = 0; slot < legs.size(); slot++) {
            SectorLeg leg = legs.get(slot);
            found.add(new FoundRecord.Found("leg" + slot, leg != null, leg == null ? Optional.empty() : LegLabel.find(leg, BYTES)));
        }
        return FoundRecord.judge(onLog.orElse(new Superblock(NEW.volume(), BYTES, 4096, 0, found.stream()
                .map(each -> new Superblock.LegEntry(each.name(), true)).toList())), logThere,
                logThere ? Optional.empty() : Optional.of("the log is lost"), logThere, found);
    }

    private LabelledRecord opened() throws IOException {
        return LabelledRecord.open(DirtyRegionLog.open(device, NEW), legs, judged(true).opened(), () -> nonce++);
    }

    private Superblock onLog() throws IOException {
        return Superblock.find(device).orElseThrow();
    }

    private static LegLabel label(Leg leg) throws IOException {
        return LegLabel.find(leg, BYTES).orElseThrow();
    }

    @Test
    void aVolumeOfTwoLegsHasSevenSlotsThatHoldNone() throws IOException {
        LabelledRecord record = made();

        assertThat(record.found()).isEqualTo(Membership.whole(0));
        assertThat(record.absent()).isEqualTo(NO_LEGS);
        assertThat(onLog().membership()).isEqualTo(new Membership(NO_LEGS, 0, NO_LEGS));
        assertThat(onLog().slots()).hasSize(9);
        assertThat(onLog().legs()).extracting(Superblock.LegEntry::path).containsExactly("a", "b");
        assertThat(label(legs.get(1)).membership()).isEqualTo(onLog().membership());
    }

    @Test
    void eachRecordHasANonceOfItsOwnOnTheLogAndOnTheLabels() throws IOException {
        LabelledRecord record = made();
        assertThat(onLog().generation()).isEqualTo(new Generation(2, 100));
        assertThat(label(legs.get(0)).generation()).isEqualTo(new Generation(2, 100));
        record.write(new Membership(0b10, 0, 0));
        assertThat(onLog().generation()).isEqualTo(new Generation(3, 101));
        assertThat(onLog().legs()).extracting(Superblock.LegEntry::generation).containsExactly(new Generation(3, 101), new Generation(2, 100));
        assertThat(label(legs.get(0)).known().get(1)).isEqualTo(new Generation(2, 100));
    }

    @Test
    void aSlotIsFilledAndTheLegIsUsedOnceThatIsRecorded() throws IOException {
        LabelledRecord record = made();
        SectorLeg added = leg();
        record.fill(2, added, "c");
        assertThat(onLog().legs()).as("before the next record").hasSize(2);
        record.write(new Membership(0b100, 0, 0));
        assertThat(onLog().legs()).hasSize(3);
        assertThat(onLog().membership().within(3)).isEqualTo(new Membership(0b100, 0, 0));
        assertThat(LegLabel.find(added, BYTES)).isEmpty();
        record.write(Membership.whole(0));
        assertThat(label(added).leg()).isEqualTo(2);
        assertThat(label(added).generation()).isEqualTo(onLog().generation());
        legs.add(added);
        assertThat(opened().found()).isEqualTo(Membership.whole(0));
    }

    @Test
    void anEmptiedSlotHoldsNoLegOnceThatIsRecordedAndTheOthersKeepTheirs() throws IOException {
        LabelledRecord record = made();
        SectorLeg removed = legs.get(0);
        record.empty(0);
        assertThat(onLog().legs()).as("before the next record").hasSize(2);
        record.write(new Membership(0b1, 1, 0));
        assertThat(onLog().membership().within(2)).isEqualTo(new Membership(0b1, 1, 0b1));
        assertThat(onLog().legs()).hasSize(2).element(0).isEqualTo(Superblock.LegEntry.NONE);
        legs.set(0, null);
        assertThat(opened().found()).isEqualTo(new Membership(0b1, 1, 0b1));
        legs.set(0, removed);
        for (boolean logThere : new boolean[] {true, false}) {
            assertThatThrownBy(() -> judged(logThere)).isInstanceOf(StoreException.class).hasMessage("leg0: is leg 0 as of generation 2"
                    + ", and was taken out of the volume later; expected it not to be named");
        }
        LegLabel.erase(removed, BYTES);
        assertThatThrownBy(() -> judged(true)).hasMessage("leg0: is named as leg 0, and the volume has none there; expected it not to be"
                + " named");
    }

    @Test
    void aLegThatWasTakenOutIsNotTakenForTheOneThatFollowedItEvenIfTheLogIsLost() throws IOException {
        LabelledRecord record = made();
        SectorLeg removed = legs.get(1);
        record.empty(1);
        record.write(new Membership(0b10, 0, 0));
        record.fill(1, leg(), "b");
        record.write(Membership.whole(0));
        legs.set(1, removed);
        for (boolean logThere : new boolean[] {true, false}) {
            FoundRecord found = judged(logThere);
            assertThat(found.opened().membership().within(2)).isEqualTo(new Membership(0b10, 0, 0));
            assertThat(found.distrust()).isPresent();
            assertThat(found.told()).singleElement().asString().startsWith("leg1: is of generation 2; expected ");
        }
    }

    @Test
    void everyLegIsToBeNamed() throws IOException {
        made();
        legs.remove(1);
        assertThatThrownBy(() -> judged(false)).isInstanceOf(StoreException.class).hasMessage("volume " + NEW.volume()
                + " has a leg 1, and legs 0 to 0 are named; expected all to be");
    }

    @Test
    void aSlotOfWhichTheUserDoesNotKnowStaysOut() throws IOException {
        made();
        legs.add(leg());
        Superblock three = new Superblock(NEW.volume(), BYTES, 4096, new Generation(5, 0), new Membership(0b100, 0, 0), List.of(
                new Superblock.LegEntry("a", true), new Superblock.LegEntry("b", true), new Superblock.LegEntry("c", true)));
        LabelledRecord record = LabelledRecord.open(DirtyRegionLog.open(device, NEW), legs.subList(0, 2), three);
        assertThat(record.found()).isEqualTo(Membership.whole(0));
        record.write(new Membership(0b10, 0, 0));
        assertThat(onLog().membership().within(3)).isEqualTo(new Membership(0b110, 0, 0));
        assertThat(onLog().legs()).hasSize(3);
    }

    @Test
    void aSlotIsFilledWhenItHoldsNoneAndEmptiedWhenItHoldsOne() throws IOException {
        LabelledRecord record = made();
        assertThatThrownBy(() -> record.fill(1, leg(), "c")).isInstanceOf(IllegalStateException.class)
                .hasMessage("slot 1 holds a leg; one that holds none is expected");
        assertThatThrownBy(() -> record.empty(2)).isInstanceOf(IllegalStateException.class)
                .hasMessage("slot 2 holds no leg; one that does is expected");
        assertThatThrownBy(() -> record.fill(2, leg(), "x".repeat(4000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> record.fill(2, legs.get(1), "c")).isInstanceOf(StoreException.class)
                .hasMessage("log: is leg 1 of volume " + NEW.volume() + "; expected leg 2 of " + NEW.volume());
        assertThat(record.absent()).isEqualTo(NO_LEGS);
        record.empty(1);
        record.fill(2, legs.get(1), "b");
        record.write(new Membership(0b10, 0, 0));
        assertThat(onLog().membership().within(3)).isEqualTo(new Membership(0b10, 0, 0b10));
        assertThat(label(legs.get(1)).leg()).isEqualTo(2);
    }

    @Test
    void aLegThatWasUsedWithoutTheOthersIsNotTakenBack() throws IOException {
        LabelledRecord record = made();
        record.write(new Membership(0b10, 0, 0));
        new LegLabel(NEW.volume(), BYTES, 4096, new Generation(9, 9), new Membership(NO_LEGS | 1, 1, NO_LEGS), 1, label(legs.get(1)).known())
                .write(legs.get(1));
        assertThatThrownBy(() -> record.takeBack(1, legs.get(1), true)).isInstanceOf(StoreException.class)
                .hasMessage("log: is of generation 9, and the volume of 3; expected no later one: it was used without the others, and has"
                        + " what they lack");
    }

    @Test
    void aLegThatFailedWhileAnotherWasOutIsToldFromTwoThatWereEachUsedAlone() throws IOException {
        LabelledRecord record = made();
        legs.add(leg());
        record.fill(2, legs.get(2), "c");
        record.write(Membership.whole(0));
        record.write(new Membership(0b001, 1, 0));
        record.write(new Membership(0b011, 2, 0));
        record.takeBack(0, legs.get(0), true);
        record.write(new Membership(0b010, 2, 0));
        assertThat(label(legs.get(0)).membership().isOut(1)).isTrue();
        assertThat(label(legs.get(1)).membership().isOut(0)).isTrue();
        assertThat(judged(true).opened().membership().within(3)).isEqualTo(new Membership(0b010, 2, 0));
        assertThat(judged(false).opened().membership().within(3)).isEqualTo(new Membership(0b010, 2, 0));
    }

    @Test
    void aLegThatIsAddedWhileAnotherIsOutIsNoReasonToRefuseThatOne() throws IOException {
        LabelledRecord record = made();
        record.write(new Membership(0b10, 0, 0));
        legs.add(leg());
        record.fill(2, legs.get(2), "c");
        record.write(new Membership(0b10, 0, 0));
        assertThat(judged(true).opened().membership().within(3)).isEqualTo(new Membership(0b10, 0, 0));
    }

    /** The process dies before its first flush of the log has ended: what it wrote there may be lost in a power cut, and may be copied before. */
    private SectorLeg copyOfALogThatAPowerCutTakesBack() throws IOException {
        SectorLeg dying = device.killed();
        Leg unflushed = new ForwardingLeg(dying) {
            @Override
            public Flush beginFlush() {
                return () -> {
                    throw new SectorLeg.Died();
                };
            }
        };
        assertThatThrownBy(() -> LabelledRecord.open(DirtyRegionLog.open(unflushed, NEW), legs, judged(true).opened(), () -> nonce++))
                .isInstanceOf(SectorLeg.Died.class);
        dying.beginFlush().await();
        return dying;
    }

    /** Spec model {@code MCGenerations_WithoutNonces_MadeTwiceNotTrusted}, step by step. */
    @Test
    void aGenerationThatIsMadeTwiceIsToldByItsNonce() throws IOException {
        made();
        SectorLeg copy = copyOfALogThatAPowerCutTakesBack();
        assertThat(onLog().generation().number()).as("the power cut has taken it back").isEqualTo(2);
        SectorLeg away = legs.set(1, null);
        LabelledRecord alone = opened();
        assertThat(alone.volume().generation().number()).isEqualTo(Superblock.find(copy).orElseThrow().generation().number()).isEqualTo(3);
        // Now the volume is written to, without leg 1; that comes back, and the copy takes the place of the log.
        legs.set(1, away);
        ByteBuffer bytes = ByteBuffer.allocate((int) copy.length());
        copy.read(bytes, 0);
        device.write(bytes.flip(), 0);
        device.beginFlush().await();
        assertThat(onLog().membership().within(2)).as("what the copy says").isEqualTo(Membership.whole(0));
        assertThat(LogContents.read(device, 8).image().dirtyCount()).isZero();
        FoundRecord found = judged(true);
        assertThat(found.distrust()).contains("the log and a leg are of generation 3, and not of the same one; expected the leg to have the"
                + " log's: the log has been put back or was not used with its legs");
        assertThat(found.opened().membership().within(2)).isEqualTo(new Membership(0b10, 0, 0));
    }

    @Test
    void aLabelOfAGenerationThatWasMadeApartIsStale() throws IOException {
        made();
        LegLabel right = label(legs.get(1));
        LegLabel apart = new LegLabel(right.volume(), BYTES, 4096, new Generation(2, 99), right.membership(), 1, right.known());
        assertThat(apart.isStale(right.generation())).isTrue();
        assertThat(right.isStale(right.generation())).isFalse();
        apart.write(legs.get(1));
        assertThatThrownBy(() -> judged(true)).isInstanceOf(StoreException.class).hasMessageContaining("each was used without the other");
    }

    @Test
    void aLabelThatALegGotBeforeItCameInIsBelievedByThatOneRecord() throws IOException {
        made();
        LegLabel used = label(legs.get(1));
        Generation before = new Generation(3, 5);
        LegLabel newcomer = new LegLabel(used.volume(), BYTES, 4096, before,
                new Membership(used.membership().out() | 0b10, 0, used.membership().absent()), 1, used.known());
        assertThat(newcomer.isOfNewcomer()).isTrue();
        assertThat(used.isOfNewcomer()).isFalse();
        assertThat(newcomer.isStale(before)).as("the record with which it came in").isFalse();
        assertThat(newcomer.isStale(used.generation())).as("that of the leg that was taken back instead").isTrue();
        newcomer.write(legs.get(1));
        FoundRecord found = judged(true);
        assertThat(found.opened().membership().isOut(1)).isTrue();
        assertThat(found.distrust()).isPresent();
    }

    @Test
    void bitsThatAreNotBelievedAreDurablyDirtyBeforeTheLogHasAGenerationThatIs() throws IOException {
        made();
        SectorLeg old = device.killed();
        opened();
        for (int writes = 0; writes < 12; writes++) {
            SectorLeg putBack = old.killed();
            putBack.tear(writes, 0);
            DirtyRegionLog log = DirtyRegionLog.open(putBack, NEW);
            log.image().markAllDirty();
            Superblock next = Superblock.find(device).orElseThrow().in(new Generation(4, 0), onLog().membership());
            try {
                LabelledRecord.open(log, List.of(leg(), leg()), next, () -> nonce++);
            } catch (SectorLeg.Died e) {
                // What it left is looked at.
            }
            putBack.forEachCut(cut -> {
                try {
                    boolean newer = Superblock.find(cut).orElseThrow().generation().number() == 4;
                    assertThat(newer && LogContents.read(cut, 8).image().cleanCount() > 0).isFalse();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Every crash of a conversion, by every write of it that is cut off and every state that a power cut may leave of either log. */
    @Test
    void aLegThatIsOutStaysOutWhateverACrashInAConversionLeaves() throws IOException {
        made().write(new Membership(0b10, 0, 0));
        DirtyRegionLog log = DirtyRegionLog.open(device, onLog());
        log.image().markDirty(3);
        log.write();
        log.beginFlush().await();
        Superblock volume = onLog();
        List<String> seen = new ArrayList<>();
        for (int write = 0; write < 10; write++) {
            for (int keeps = 0; keeps < 4; keeps++) {
                SectorLeg source = device.killed();
                SectorLeg target = new SectorLeg(device.length());
                source.tear(write, keeps);
                target.tear(write - 2, keeps);
                try {
                    LogConversion.toDm(source, target, volume);
                } catch (SectorLeg.Died e) {
                    // What it left is looked at.
                }
                source.forEachCut(left -> target.forEachCut(converted -> seen.add(afterConversion(left, converted))));
            }
        }
        assertThat(seen).contains("old", "none", "new");
    }

    private String afterConversion(SectorLeg source, SectorLeg target) {
        try {
            Optional<Superblock> old = Superblock.find(source);
            assertThat(judged(old).opened().membership().isOut(1)).isTrue();
            LogContents converted = LogContents.readDm(target, 8);
            if (old.isPresent()) {
                assertThat(converted.distrust()).as("of two logs one would grow stale").isPresent();
                assertThat(HardenedContents.read(source, old.get()).contents().image().isClean(3)).isFalse();
                return "old";
            }
            assertThat(converted.image().isClean(3)).isFalse();
            return converted.distrust().isPresent() ? "none" : "new";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of the version before this one: its checksum fits. */
    private static void makeVersionOne(Leg leg, long position) throws IOException {
        for (int copy = 0; copy < 2; copy++) {
            ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            leg.read(page, position + copy * 4096L);
            page.flip().putInt(8, 1).putInt(12, 0);
            CRC32C sum = new CRC32C();
            sum.update(page.duplicate());
            leg.write(page.putInt(12, (int) sum.getValue()), position + copy * 4096L);
        }
    }

    @Test
    void whatIsOfAnotherVersionIsRefusedAndNotTakenForWhatIsLost() throws IOException {
        made();
        makeVersionOne(device, 0);
        makeVersionOne(legs.get(1), LegLabel.position(BYTES));
        assertThatThrownBy(() -> Superblock.find(device)).isInstanceOf(StoreException.class)
                .hasMessage("log: is a hardened log of version 1; expected version 2, as this Lockstep reads no other");
        assertThatThrownBy(() -> LegLabel.find(legs.get(1), BYTES)).isInstanceOf(StoreException.class)
                .hasMessage("log: carries a label of version 1; expected version 2, as this Lockstep reads no other");
        assertThat(Arrays.asList(LegLabel.VERSION, HardenedFormat.VERSION)).containsOnly(2);
    }
}
