package dev.lockstep.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A volume over devices in memory whose steps are made at once, as a task works on it. */
final class TaskRig implements TaskVolume {
    final Rig rig;
    final Volume volume;
    final List<VolumeEvent> events = new ArrayList<>();

    TaskRig(Rig rig) {
        this.rig = rig;
        this.volume = rig.open(new ThreadSteps(Runnable::run));
    }

    /** What another process finds. */
    TaskRig reopened() {
        return new TaskRig(rig);
    }

    @Override
    public Volume volume() {
        return volume;
    }

    @Override
    public boolean attend(Beginning beginning) throws IOException {
        Awaited end = new Awaited();
        beginning.begin(end);
        end.await();
        return true;
    }

    @Override
    public void tell(VolumeEvent event) {
        events.add(event);
    }

    /** Changes a leg behind the volume's back. */
    void spoil(int leg, long position, int with) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(512);
        sector.put(0, (byte) with);
        rig.leg(leg).write(sector, position);
    }

    void write(long position, int with) throws IOException {
        ByteBuffer sector = ByteBuffer.allocateDirect(512);
        sector.put(0, (byte) with);
        Told ended = new Told();
        volume.submit(sector, position, ended);
        ended.await();
    }

    void certify() {
        volume.certify();
    }
}
