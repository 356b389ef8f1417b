/**
 * Systems under test, and the rig that drives them: legs with a simulated volatile cache over real files, the queue from
 * which a trace picks the next step, and the code that performs a spec action and observes the spec's variables.
 *
 * <p>There are two kinds of them ({@link dev.lockstep.sut.SystemUnderTest}). Lockstep's own mirror ({@link dev.lockstep.sut.Mirror}) is the production code, and
 * all of it is observed. Any other ({@link dev.lockstep.sut.DrivenMirror}) is behind an {@link dev.lockstep.sut.Adapter}: it is told what happens and answers with
 * what it wants, in Java or over the line protocol ({@link dev.lockstep.sut.LineAdapter}), and is known by what it does to its devices and its user.
 *
 * <p>There is no shadow of the mirror here: what is observed is read from its files and asked of the mirror itself.
 */
package dev.lockstep.sut;
