/**
 * A page cache over a volume: pages that are changed in place, whether or not they are being written, with write-back
 * and sync(). It is the part of the kernel that the 2008 mail's bug needs, and that its first, third and fourth ideas lean
 * on.
 */
package dev.lockstep.cache;
