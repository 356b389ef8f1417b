package dev.lockstep.volume;

import java.nio.ByteBuffer;

/**
 * A write in flight, or a discard, which is a write of zeros: the shell's side of it.
 *
 * @param position where it goes, in bytes
 * @param length   how long it is, in bytes
 * @param memory   what the legs read: the caller's own memory, a copy, or zeros; over again where it is shorter than the write
 * @param discard  whether it is a discard
 * @param copied   whether the memory is a copy, to be given back at the end
 * @param ended    whom to tell
 */
record InFlight(long position, int length, ByteBuffer memory, boolean discard, boolean copied, Completion ended) {
}
