/**
 * Files whose contents are somebody's {@link dev.lockstep.store.Leg}: a file system for the production code that opens its files itself. The
 * names, locks and lengths are those of real files in a folder; what is read, written and forced of some of them goes to a leg instead.
 */
package dev.lockstep.crash.files;
