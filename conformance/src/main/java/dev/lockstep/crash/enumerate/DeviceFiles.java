package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.files.LegFileSystem;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.RigFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Simulated devices as files, for the production code that opens files itself.
 *
 * <p>That code has several legs flushed at once, each in a thread of its own, and which flush ends first is chance. So that a seed shows the
 * same each time, a flush is noted when it is asked for, and has its effect before the next write, or when it is {@linkplain #settle told}
 * to: those noted by then in the order of the devices. What a crash may leave is the same at every point but those in between, and of these
 * there is one order instead of all.
 *
 * <p>Thread-safe; but a write and a flush are not to be under way at once.
 */
final class DeviceFiles implements Closeable {
    private static final String LOG = "log";
    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

    private final RigFolder folder = RigFolder.in(FOLDER, "lockstep-enumerate-");
    private final List<Leg> devices;
    private final TreeSet<Integer> toFlush = new TreeSet<>();
    private final LegFileSystem files;

    /**
     * Files for devices.
     *
     * @param devices the legs' devices, then the log's
     * @throws IOException if the files' names cannot be had
     */
    DeviceFiles(List<Leg> devices) throws IOException {
        this.devices = List.copyOf(devices);
        Map<String, Leg> legs = new HashMap<>();
        for (int device = 0; device < devices.size(); device++) {
            legs.put(device == devices.size() - 1 ? LOG : OpenedVolume.path(device), new InTurn(device));
        }
        try {
            this.files = LegFileSystem.in(folder.path(), legs);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** The file of the log. */
    Path log() {
        return files.file(LOG);
    }

    /** The file of a device. */
    Path leg(int device) {
        return files.file(OpenedVolume.path(device));
    }

    /** The files of some devices. */
    List<Path> legs(List<Integer> of) {
        return of.stream().map(this::leg).toList();
    }

    /** Has every flush that was asked for have its effect. */
    synchronized void settle() throws IOException {
        for (Integer device = toFlush.pollFirst(); device != null; device = toFlush.pollFirst()) {
            devices.get(device).beginFlush().await();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            settle();
        } finally {
            folder.close();
        }
    }

    /** A device on which one thing is done at a time. */
    private final class InTurn extends ForwardingLeg {
        private final int device;

        InTurn(int device) {
            super(devices.get(device));
            this.device = device;
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            synchronized (DeviceFiles.this) {
                super.read(into, position);
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            synchronized (DeviceFiles.this) {
                settle();
                super.write(from, position);
            }
        }

        @Override
        public Flush beginFlush() {
            return () -> {
                synchronized (DeviceFiles.this) {
                    toFlush.add(device);
                }
            };
        }
    }
}
