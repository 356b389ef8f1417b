package dev.lockstep.tlc.inside;

import java.rmi.NoSuchObjectException;
import java.rmi.RemoteException;
import tlc2.tool.TLCTrace;
import tlc2.tool.fp.FPSet;
import tlc2.tool.fp.FPSetConfiguration;

/**
 * TLC's set of seen states, which here numbers them too: TLC asks it about each successor just before it hands that
 * successor to the state writer, so that nothing is fingerprinted or looked up twice. As in TLC, states are told apart
 * by 64-bit fingerprints.
 *
 * <p>For one worker.
 */
final class StateNumbers extends FPSet {
    private static final long serialVersionUID = 1L;

    private final transient LongIntMap numbers = new LongIntMap();
    private int last;

    StateNumbers() throws RemoteException {
        super(new FPSetConfiguration());
        try {
            // TLC exports every such set by RMI. Nobody will call it, and it would keep a thread of RMI running.
            unexportObject(true);
        } catch (NoSuchObjectException e) {
            throw new IllegalStateException("TLC's fingerprint set was not exported", e);
        }
    }

    /** Returns the number of the state that was asked about last. */
    int last() {
        return last;
    }

    /** Returns the number of a state that was seen. */
    int numberOf(long fingerprint) {
        return numbers.get(fingerprint);
    }

    @Override
    public boolean put(long fingerprint) {
        int known = numbers.get(fingerprint);
        if (known >= 0) {
            last = known;
            return true;
        }
        last = numbers.size();
        numbers.put(fingerprint, last);
        return false;
    }

    @Override
    public boolean contains(long fingerprint) {
        return numbers.get(fingerprint) >= 0;
    }

    @Override
    public long size() {
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
