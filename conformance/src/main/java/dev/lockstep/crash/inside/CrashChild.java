package dev.lockstep.crash.inside;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process that is killed: does a {@link ChildTask}, and tells its parent what it does. */
public final class CrashChild {
    /** How often a region's resync is asked for before it counts as one that does not end. */
    private static final int ASKED = 1000;

    private CrashChild() {
    }

    /**
     * Does the task that the arguments say, and ends: with 0 if all went well, with 1 and a line on standard error if not.
     *
     * @param arguments {@link ChildTask#arguments()}
     */
    public static void main(String... arguments) {
        Teller teller = new Teller(new FileOutputStream(FileDescriptor.out));
        try {
            perform(ChildTask.parse(arguments), teller);
        } catch (IOException | RuntimeException e) {
            teller.stopped(e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void perform(ChildTask task, Teller teller) throws IOException {
        switch (task.job()) {
            case CREATE -> create(task, teller);
            case RUN -> {
                OpenVolume open = new OpenVolume(task, teller);
                teller.ready();
                new Workload(task, open, teller).run();
                open.unmount();
                teller.over();
            }
            case RECOVER -> {
                OpenVolume open = new OpenVolume(task, teller);
                teller.ready();
                recover(task, open);
                open.unmount();
                teller.over();
            }
        }
    }

    private static void recover(ChildTask task, OpenVolume open) throws IOException {
        open.rest();
        for (int region = 0; region < task.layout().regions(); region++) {
            for (int asked = 0; open.outOfSync(region); asked++) {
                if (asked == ASKED) {
                    throw new IOException("region " + region + " is still out of sync after its resync was asked for " + ASKED
                            + " times");
                }
                open.volume().resync(region);
                open.rest();
            }
        }
    }

    /** Volumes in folders of their own, made as {@code volume create} makes them: the legs first, the log last. */
    private static void create(ChildTask task, Teller teller) throws IOException {
        teller.ready();
        for (int volume = 0; volume < task.operations(); volume++) {
            Path folder = Files.createDirectory(task.log().resolve("v" + volume));
            teller.creating(volume);
            List<Path> legs = new ArrayList<>();
            for (int leg = 0; leg < task.layout().legs(); leg++) {
                legs.add(folder.resolve("leg" + leg));
            }
            FolderRig.make(task.format(), task.layout(), legs, folder.resolve("log"));
            teller.created(volume);
        }
        teller.over();
    }
}
