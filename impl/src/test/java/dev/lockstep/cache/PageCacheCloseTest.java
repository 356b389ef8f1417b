package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A volume that is closed while its page cache is in use. */
@Timeout(120)
class PageCacheCloseTest {
    static final List<Policy> POLICIES = Policy.all();
    private static final int PAGE = 4096;
    private static final Layout LAYOUT = new Layout(4 * (16 << 10), 16 << 10, 2, 0);

    @TempDir
    private Path folder;
    private FileVolume volume;
    private PageCache cache;

    private void open(Policy policy) throws IOException {
        volume = FileVolume.create(files().log(), files().legs(), LAYOUT, policy);
        cache = new PageCache(volume, PAGE, 2);
        volume.syncWith(cache);
    }

    @AfterEach
    void close() throws IOException {
        volume.close();
    }

    private FilesSeen files() {
        return new FilesSeen(folder, LAYOUT);
    }

    private static ByteBuffer page(int with) {
        return FilesSeen.filled(PAGE, with);
    }

    private byte[] onLeg(int leg, long page) throws IOException {
        return files().onLeg(leg, page * PAGE, PAGE);
    }

    /** A write-back is under way while whoever waits for it has not been told all: so long the close waits. */
    @Test
    void theCloseWaitsForAPageOnItsWayAndLaterOnesAreRefused() throws Exception {
        open(Policy.ORIGINAL);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        cache.storeMapped(0, page(1));
        Beside syncing = Beside.begin(() -> cache.sync(Completion.of(() -> {
            written.countDown();
            awaitUninterrupted(goOn);
        })));
        written.await();
        Beside closing = Beside.begin(() -> volume.close());
        assertThat(closing.waits()).isTrue();
        cache.storeMapped(PAGE, page(2));
        assertThatThrownBy(() -> cache.store(2 * PAGE, page(3).limit(1))).as("it would have to be read").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> cache.pin(3)).as("it would have to be read").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> cache.read(ByteBuffer.allocate(512), 2 * PAGE)).isInstanceOf(IOException.class);
        assertThatThrownBy(cache::sync).isInstanceOf(IOException.class).hasMessageStartingWith("what is page-dirty could not be written: ");
        assertThat(closing.waits()).isTrue();
        goOn.countDown();
        assertThat(closing.end()).isNull();
        assertThat(syncing.end()).isNull();
        for (int leg = 0; leg < 2; leg++) {
            assertThat(onLeg(leg, 0)).containsOnly(1);
            assertThat(onLeg(leg, 1)).as("never promised to anyone").containsOnly(0);
        }
        ByteBuffer read = ByteBuffer.allocate(PAGE);
        cache.read(read, PAGE);
        assertThat(read.flip()).as("what is in the cache can be read").isEqualTo(page(2));
        assertThat(cache.view().page(2)).as("what could not be read is not there").isNull();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whoever stores and syncs goes on until the volume refuses; what a sync() has promised is on every leg. */
    @ParameterizedTest
    @FieldSource("POLICIES")
    void nothingThatASyncHasPromisedIsLost(Policy policy) throws Exception {
        open(policy);
        CountDownLatch rounds = new CountDownLatch(40);
        AtomicInteger[] promised = new AtomicInteger[4];
        List<Beside> users = new ArrayList<>();
        for (int user = 0; user < promised.length; user++) {
            int page = user * 5;
            AtomicInteger mine = new AtomicInteger();
            promised[user] = mine;
            users.add(Beside.start(() -> {
                for (int round = 1; ; round++) {
                    cache.storeMapped((long) page * PAGE, stamp(round));
                    cache.sync();
                    mine.set(round);
                    rounds.countDown();
                }
            }));
        }
        rounds.await();
        volume.close();
        for (Beside user : users) {
            assertThat(user.end()).isInstanceOf(IOException.class);
        }
        for (int user = 0; user < promised.length; user++) {
            for (int leg = 0; leg < 2; leg++) {
                int found = ByteBuffer.wrap(onLeg(leg, user * 5L)).getInt();
                assertThat(found).as("user %d, leg %d", user, leg).isBetween(promised[user].get(), promised[user].get() + 1);
            }
        }
    }

    private static ByteBuffer stamp(int number) {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        while (page.hasRemaining()) {
            page.putInt(number);
        }
        return page.flip();
    }
}
