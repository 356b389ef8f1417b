/**
 * Validation, the other way round than replay: the mirror runs free, on many threads and real files, what it is seen to do is
 * recorded, and TLC says whether that is a behaviour of {@code spec/Mirror.tla}. The spec module {@code Recorded} says what a recording
 * is.
 *
 * <p>A process that is recorded may be killed: {@link dev.lockstep.validate.KilledRecording}. {@link dev.lockstep.validate.CrashOutcomes} counts what
 * that left, next to what the specification allows.
 *
 * <p>Nothing in the mirror serves this. What is seen is seen from outside: at the seam that all steps pass, at the legs and the log's
 * leg, and by the application.
 */
package dev.lockstep.validate;
