package dev.lockstep.report;

/** A part of the page. */
interface Section {
    /** Writes it. */
    void write(Html html);
}
