package dev.lockstep.volume;

import java.nio.ByteBuffer;

/**
 * A write in flight: the shell's side of it.
 *
 * @param position where it goes, in bytes
 * @param memory   what the legs read: the caller's own memory, or a copy
 * @param copied   whether the memory is a copy, to be given back at the end
 * @param ended    whom to tell
 */
record InFlight(long position, ByteBuffer memory, boolean copied, Completion ended) {
}
