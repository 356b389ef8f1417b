package dev.lockstep.sut;

import dev.lockstep.log.Generation;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The pages of a hardened log as its format's table says they are, read without the code under test; and what TwoCopies' contents are, where one
 * of the pages is the one that it speaks of. The superblock is page 0. Not thread-safe.
 */
final class CopyPages {
    static final UUID VOLUME = new UUID(0x4c6f636b73746570L, -7);
    static final int REGION_BYTES = 4096;
    static final int PAGE_REGIONS = 3584 * 8;
    static final long SUPERBLOCK = ByteBuffer.wrap("LOCKSTEP".getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    private static final long BITS = ByteBuffer.wrap("LOCKBITS".getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    private static final long VEIL = 0x9E3779B97F4A7C15L;
    private static final int WORDS_OF_PAGE = PAGE_REGIONS / Long.SIZE;

    /** A page that is whole: {@code content} is the name that it has in the model, or what it is instead. */
    record Page(long number, boolean second, String content) {
    }

    final int regions;
    final int observed;
    final int bitPages;
    private final Map<Long, Superblock> described = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    /** What each array was found to hold; none is changed while it is here. */
    private final Map<byte[], Optional<Page>> known = new IdentityHashMap<>();
    private long serial;
    /** Which bits "b" are. */
    private boolean mixed;

    CopyPages(int regions, int observed) {
        this.regions = regions;
        this.observed = observed;
        this.bitPages = (regions + PAGE_REGIONS - 1) / PAGE_REGIONS;
    }

    int pages() {
        return 2 * (1 + bitPages);
    }

    /** Where on the device a copy is, in pages. */
    int place(int page, int copy) {
        return page == 0 ? copy : 2 + copy * bitPages + page - 1;
    }

    int pageOf(int place) {
        return place < 2 ? 0 : (place - 2) % bitPages + 1;
    }

    /** Nothing that was read before is looked at again, as what "b" means is another. */
    void mix(boolean how) {
        known.clear();
        mixed = how;
    }

    /** What the log is to say of its volume, with something new in it that fills the page. */
    Superblock superblock(String content) {
        serial++;
        boolean first = content.equals("a");
        List<Superblock.LegEntry> legs = new ArrayList<>();
        String filling = (content + serial + "/").repeat(400 / (content + serial + "/").length());
        for (int leg = 0; leg < Superblock.SLOTS - 1; leg++) {
            legs.add(new Superblock.LegEntry(filling + leg, leg % 3 == 1 == first, new Generation(serial + leg, ~serial)));
        }
        Superblock made = new Superblock(VOLUME, (long) regions * REGION_BYTES - 512, REGION_BYTES, new Generation(serial, serial << 33 ^ serial),
                new Membership(first ? 0b10000 : 0b100, first ? 0 : 5, first ? 0b10000 : 0), legs);
        described.put(serial, made);
        names.put(serial, content);
        return made;
    }

    /** Whether a region is clean where the observed page has a content. */
    boolean isClean(String content, int region) {
        if (1 + region / PAGE_REGIONS != observed) {
            return region % 3 != 1;
        }
        return content.equals("b") && (!mixed || region == regions - 1 || (region + region / 7) % 5 != 1);
    }

    /** The image of a new log. */
    LogImage image(String content) {
        boolean one = bitPages == 1 && observed == 1;
        if (one && content.equals("b") && !mixed) {
            return LogImage.allClean(regions);
        }
        LogImage image = LogImage.allDirty(regions);
        for (int region = 0; region < regions; region++) {
            if (isClean(content, region)) {
                image.markClean(region);
            } else {
                image.markDirty(region);
            }
        }
        return image;
    }

    /** {@return what a page holds, if it is whole} */
    Optional<Page> read(int page, byte[] bytes) {
        return known.computeIfAbsent(bytes, each -> look(page, each));
    }

    private Optional<Page> look(int page, byte[] bytes) {
        ByteBuffer held = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long number = held.getLong(32);
        if (held.getLong(0) != (page == 0 ? SUPERBLOCK : BITS) || held.getInt(8) != 2 || held.getInt(12) != checksum(bytes) || number < 1
                || !volume(held).equals(VOLUME) || held.getInt(44) != regions || page != 0 && held.getInt(40) != page) {
            return Optional.empty();
        }
        return (page == 0 ? saying(held) : Optional.of(bits(page, held))).map(content -> new Page(number, held.getLong(48) == 2, content));
    }

    private static UUID volume(ByteBuffer held) {
        return new UUID(held.getLong(16), held.getLong(24));
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        byte[] zeroed = bytes.clone();
        Arrays.fill(zeroed, 12, 16, (byte) 0);
        crc.update(zeroed);
        return (int) crc.getValue();
    }

    /** Empty if no volume can be so. */
    private Optional<String> saying(ByteBuffer held) {
        long of = held.getLong(72);
        int slots = held.getShort(70);
        if (of < 1 || slots > Superblock.SLOTS || held.getShort(68) < 0 || held.getShort(68) >= slots || held.getLong(56) < 1 || held.getInt(64) < 1
                || Short.toUnsignedInt(held.getShort(114)) > 4096 - 116) {
            return Optional.empty();
        }
        Superblock said = described.get(of);
        if (said == null) {
            return Optional.of("what nobody said");
        }
        ByteBuffer expected = ByteBuffer.allocate(CopyDevice.PAGE).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(held.duplicate().limit(56)).putLong(said.bytes()).putInt(REGION_BYTES)
                .putShort((short) said.membership().source()).putShort((short) Superblock.SLOTS)
                .putLong(said.generation().number()).putInt(said.membership().out()).putInt(said.membership().absent()).putLong(said.generation().nonce());
        for (Superblock.LegEntry leg : said.slots()) {
            byte[] path = leg.path().getBytes(StandardCharsets.UTF_8);
            expected.putLong(leg.generation().number()).putLong(leg.generation().nonce())
                    .putShort((short) (leg.labelled() ? 1 : 0)).putShort((short) path.length).put(path);
        }
        return Optional.of(Arrays.equals(expected.array(), held.array()) ? names.get(of) : "not what was said");
    }

    private String bits(int page, ByteBuffer held) {
        long[] words = words(page, held);
        for (String content : List.of("a", "b")) {
            int[] wrong = {0};
            int first = (page - 1) * PAGE_REGIONS;
            int end = Math.min(regions, first + PAGE_REGIONS);
            for (int region = first; region < end && wrong[0] == 0; region++) {
                wrong[0] += (words[(region - first) >> 6] >>> region & 1) != 0 == isClean(content, region) ? 0 : 1;
            }
            if (wrong[0] == 0 && beyond(end - first, words) == 0 && zeroes(end - first, held)) {
                return content;
            }
        }
        return "other bits";
    }

    /** Whether the bytes that are not used are zeroes. */
    private static boolean zeroes(int used, ByteBuffer held) {
        int end = 512 + (used + 4095) / 4096 * 512;
        for (int at = 56; at < CopyDevice.PAGE; at++) {
            if ((at < 512 || at >= end) && held.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return how many bytes of the observed page no two writes have the same of} */
    int used() {
        int held = Math.min(PAGE_REGIONS, regions - (observed - 1) * PAGE_REGIONS);
        return observed == 0 ? 3072 : 512 + (held + 4095) / 4096 * 512;
    }

    /** The bits of regions that do not exist. */
    private static long beyond(int used, long[] words) {
        long any = (used & 63) == 0 ? 0 : words[used >> 6] & -1L << used;
        for (int word = (used + 63) / 64; word < (used + 4095) / 4096 * 64; word++) {
            any |= words[word];
        }
        return any;
    }

    private static long[] words(int page, ByteBuffer held) {
        long[] words = new long[WORDS_OF_PAGE];
        for (int word = 0; word < words.length; word++) {
            words[word] = held.getLong(512 + 8 * word) ^ VEIL * held.getLong(32);
        }
        return words;
    }

    /** Whether a region is clean on a page that is whole. */
    static boolean isClean(byte[] bytes, int region) {
        ByteBuffer held = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int within = region % PAGE_REGIONS;
        return ((held.getLong(512 + (within >> 6) * 8) ^ VEIL * held.getLong(32)) >>> within & 1) != 0;
    }

    /** {@return what a superblock that is whole says} */
    Superblock said(byte[] bytes) {
        return described.get(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(72));
    }

    /** {@return what the model calls what a superblock says} */
    String nameOf(Superblock said) {
        return said.equals(described.get(said.generation().number())) ? names.get(said.generation().number()) : "what nobody said";
    }
}
