package dev.lockstep.tlc.inside;

import java.rmi.NoSuchObjectException;
import java.rmi.RemoteException;
import tlc2.tool.TLCTrace;
import tlc2.tool.fp.FPSet;
import tlc2.tool.fp.FPSetConfiguration;

/**
 * TLC's set of seen states, which here numbers them too: TLC asks it about each successor just before it hands that
 * successor to the state writer, so that nothing is fingerprinted or looked up twice. As in TLC, states are told apart
 * by 64-bit fingerprints. Thread-safe.
 */
final class StateNumbers extends FPSet {
    private static final long serialVersionUID = 1L;

    private final transient LongIntMap numbers = new LongIntMap();
    /** What each worker asked about last. */
    private final transient ThreadLocal<int[]> last = ThreadLocal.withInitial(() -> new int[1]);

    StateNumbers() throws RemoteException {
        super(new FPSetConfiguration());
        try {
            // TLC exports every such set by RMI. Nobody will call it, and it would keep a thread of RMI running.
            unexportObject(true);
        } catch (NoSuchObjectException e) {
            throw new IllegalStateException("TLC's fingerprint set was not exported", e);
        }
    }

    /** Returns the number of the state that this thread asked about last. */
    int last() {
        return last.get()[0];
    }

    /** Returns the number of a state that was seen. */
    synchronized int numberOf(long fingerprint) {
        return numbers.get(fingerprint);
    }

    @Override
    public boolean put(long fingerprint) {
        int number;
        boolean known;
        synchronized (this) {
            number = numbers.get(fingerprint);
            known = number >= 0;
            if (!known) {
                number = numbers.size();
                numbers.put(fingerprint, number);
            }
        }
        last.get()[0] = number;
        return known;
    }

    @Override
    public synchronized boolean contains(long fingerprint) {
        return numbers.get(fingerprint) >= 0;
    }

    @Override
    public synchronized long size() {
        return numbers.size();
    }

    @Override
    public FPSet init(int numThreads, String metadir, String filename) {
        return this;
    }

    /**
     * Returns the smallest distance between two fingerprints; only TLC's estimate of collisions uses it, and nobody
     * reads that.
     */
    @Override
    public long checkFPs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void beginChkpt() {
        throw noCheckpoints();
    }

    @Override
    public void beginChkpt(String filename) {
        throw noCheckpoints();
    }

    @Override
    public void commitChkpt() {
        throw noCheckpoints();
    }

    @Override
    public void commitChkpt(String filename) {
        throw noCheckpoints();
    }

    @Override
    public void recover(TLCTrace trace) {
        throw noCheckpoints();
    }

    @Override
    public void recover(String filename) {
        throw noCheckpoints();
    }

    @Override
    public void recoverFP(long fingerprint) {
        throw noCheckpoints();
    }

    private static UnsupportedOperationException noCheckpoints() {
        return new UnsupportedOperationException("an exploration in process makes no checkpoints");
    }
}
