package dev.lockstep.sut;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Mode;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mirror of anyone's behind an {@link Adapter}, as a system under test. The rig has its devices, its user and the page cache above it;
 * the mirror is told what happens and says what it wants, and the rig does that when the trace says so. It is compared by what it wants,
 * by what is on its devices and what a power cut could leave there, and by when its user hears what: see {@link DrivenVariables}. Not thread-safe.
 */
public final class DrivenMirror extends OnDevices {
    private final Surroundings surroundings;
    private final Adapter adapter;
    private final RigPages pages;
    private final DrivenOperations operations;
    private Wants wants = Wants.NONE;
    private Mode mode = Mode.DOWN;
    /** Null while there is no mirror. */
    private DrivenDevices open;
    /** The adapter has failed, as far as is known: nothing is asked of it any more. */
    private boolean failed;

    /**
     * Makes a new volume's files, not open yet.
     *
     * @param folder       an empty folder for its files, which {@link #close} removes
     * @param size         the volume's size
     * @param policy       the policy that the mirror claims to keep to
     * @param surroundings what the rig does above it: pages are stored into in one step or two, or not at all; nothing happens beside
     *                     reads and direct writes
     * @param format       the log's format
     * @param blocks       the bytes that stand for the model's contents
     * @param adapter      the mirror, which is closed with this
     * @throws IOException if the files cannot be made
     */
    public DrivenMirror(Path folder, Size size, Policy policy, Surroundings surroundings, LogFormat format, BlockContents blocks,
            Adapter adapter) throws IOException {
        super(size, new Devices(folder, size, format, known(surroundings, blocks), 0));
        this.surroundings = surroundings;
        this.adapter = adapter;
        this.pages = new RigPages(size, policy, surroundings, blocks);
        this.operations = new DrivenOperations(this);
    }

    /** Before anything is made. */
    private static BlockContents known(Surroundings surroundings, BlockContents blocks) {
        if (!Set.of("read", "direct").containsAll(surroundings.happening())
                || surroundings.storing() == Storing.WRITE || surroundings.storing() == Storing.MARK_STORE) {
            throw new IllegalArgumentException("what happens to a driven mirror is reads, direct writes and stores in one step or two, and not "
                    + surroundings);
        }
        return blocks;
    }

    @Override
    public Prepared prepare(Label label) {
        return operations.of(label);
    }

    @Override
    public Map<String, String> unobserved() {
        return DrivenVariables.unobserved();
    }

    /** The mirror hears of an event. */
    void tell(Event event) {
        failed = true;
        Answer answer = adapter.tell(event);
        try {
            wants = Wants.of(answer, size(), event);
        } catch (AdapterException e) {
            throw ended(e.expected(), e.observed());
        }
        failed = false;
    }

    private AdapterException ended(String expected, String observed) {
        failed = true;
        return new AdapterException(expected, observed + "; " + adapter.end());
    }

    /** What it wants, as of its last answer. */
    Wants wants() {
        return wants;
    }

    void restart() throws IOException {
        open = new DrivenDevices(devices(), size());
        mode = Mode.UP;
        tell(Event.open(open.bits()));
    }

    void unmount() {
        mode = Mode.CLOSING;
        pages.endSync();
        tell(Event.of(Event.Kind.UNMOUNT));
    }

    /** It has closed the volume, and so wants nothing. */
    void closed(Event event) throws IOException {
        tell(event);
        release();
        requireQuiet(event);
    }

    @Override
    public void abandon() throws IOException {
        boolean tells = !failed && mode != Mode.DOWN;
        release();
        if (tells) {
            Event kill = Event.of(Event.Kind.KILL);
            tell(kill);
            requireQuiet(kill);
        }
    }

    private void release() throws IOException {
        mode = Mode.DOWN;
        open = null;
        pages.clear();
        devices().abandon();
    }

    private void requireQuiet(Event event) {
        Wants after = wants;
        wants = Wants.NONE;
        if (!after.texts().isEmpty()) {
            throw ended("no want after " + event + ", as no volume is open then", "the system under test wants " + after.texts());
        }
    }

    @Override
    public boolean isDown() {
        return mode == Mode.DOWN;
    }

    Mode mode() {
        return mode;
    }

    RigPages pages() {
        return pages;
    }

    /** Its devices while it is open, or null. */
    DrivenDevices open() {
        return open;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public List<String> waiting() {
        return wants.texts();
    }

    @Override
    public Optional<String> logFault() throws IOException {
        return isDown() ? devices().logFault(false) : open.logFault();
    }

    @Override
    public void legReturns(Label label, long legs) {
        throw new RefusedException(label + " cannot be: no leg of a driven mirror fails");
    }

    @Override
    public void putOutRecorded(Label label) {
        throw new RefusedException(label + " cannot be: no leg of a driven mirror fails");
    }

    @Override
    public void replace(Label label, long legs) {
        throw new RefusedException(label + " cannot be: no leg of a driven mirror is replaced");
    }

    @Override
    public void close() throws IOException {
        adapter.close();
        devices().close();
    }
}
