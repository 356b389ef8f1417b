package dev.lockstep.volume;

import java.util.ArrayList;
import java.util.List;

/** Those who wait for a flush or for the unmount. Guarded by the shell's lock. */
final class Waiting {
    private List<Completion> asked = new ArrayList<>();
    private List<Completion> served = new ArrayList<>();
    private final List<Completion> certify = new ArrayList<>();
    private List<Completion> certified = new ArrayList<>();
    private final List<Completion> unmount = new ArrayList<>();
    private boolean unmounting;

    void forFlush(Completion ended) {
        asked.add(ended);
    }

    void forCertify(Completion ended) {
        certify.add(ended);
    }

    void forUnmount(Completion ended) {
        unmount.add(ended);
        unmounting = true;
    }

    /** Whether a flush was asked for since the last round began. */
    boolean flushAsked() {
        return !asked.isEmpty();
    }

    /** Whether a round that certifies was asked for since the last one began. */
    boolean certifyAsked() {
        return !certify.isEmpty();
    }

    /** Whether an unmount was ever asked for. */
    boolean unmounting() {
        return unmounting;
    }

    /** A round that begins serves every flush that was asked for until now. */
    void roundBegun() {
        served.addAll(asked);
        asked.clear();
    }

    /** A round that certifies serves everyone who has asked for one. */
    void certifyBegun() {
        certified.addAll(certifyEnded());
    }

    /** Takes out whom the round that has ended, and that certified, has served. */
    List<Completion> certified() {
        List<Completion> told = certified;
        certified = new ArrayList<>();
        return told;
    }

    /** Takes out those who have asked for a round that certifies. */
    List<Completion> certifyEnded() {
        List<Completion> told = new ArrayList<>(certify);
        certify.clear();
        return told;
    }

    /** Takes out whom the round that has ended has served. */
    List<Completion> roundEnded() {
        List<Completion> told = served;
        served = new ArrayList<>();
        return told;
    }

    /** Takes out whom the unmount's end concerns. */
    List<Completion> unmounted() {
        List<Completion> told = new ArrayList<>(unmount);
        unmount.clear();
        return told;
    }

    /** Takes out everyone. */
    List<Completion> all() {
        List<Completion> told = roundEnded();
        told.addAll(asked);
        asked = new ArrayList<>();
        told.addAll(certifyEnded());
        told.addAll(certified());
        told.addAll(unmounted());
        return told;
    }
}
