/**
 * Systems under test, and the rig that drives them: legs with a simulated volatile cache over real files, the queue from
 * which a trace picks the next step, and the code that performs a spec action and observes the spec's variables.
 *
 * <p>There is no shadow of the mirror here: what is observed is read from its files and asked of the mirror itself.
 */
package dev.lockstep.sut;
