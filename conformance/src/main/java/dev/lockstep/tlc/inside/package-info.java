/**
 * What touches the classes of TLC. TLC keeps its state in static fields, some of which cannot be reset (a name that one
 * spec uses for a variable stays marked in the next); so these classes are loaded, together with TLC's own, once more
 * for each use, by a class loader that is thrown away after it. They are created by name and speak with the rest
 * through types of the JDK and of {@code dev.lockstep.trace} only.
 */
package dev.lockstep.tlc.inside;
