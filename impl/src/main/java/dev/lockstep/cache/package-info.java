/**
 * A page cache over a volume: pages that are changed in place, whether or not they are being written, with write-back
 * and sync(). It is the part of the kernel that the 2008 mail's bug needs, and that its first, third and fourth ideas lean
 * on. {@link dev.lockstep.cache.Daemons} write back and sweep by themselves:
 *
 * <pre>{@code
 * FileVolume volume = FileVolume.open(log, description, Policy.COMPARE_LEGS);
 * PageCache cache = new PageCache(volume, 4096, 64);
 * Daemons daemons = Daemons.start(volume, cache, Periods.USUAL);
 *
 * cache.storeMapped(position, bytes);       // changed and marked page-dirty, in one step
 * try (PagePin pin = cache.pin(page)) {     // or in place
 *     pin.memory().putLong(0, number);
 *     cache.markDirty(page);
 * }
 * cache.sync();                             // written to every leg
 * volume.flush();                           // and durable
 *
 * daemons.unmount();                        // writes back, marks clean what may be, closes the volume
 * }</pre>
 */
package dev.lockstep.cache;
