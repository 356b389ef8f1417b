/**
 * TLC, unmodified, as the rest of Lockstep uses it. No other part of Lockstep touches TLC's classes.
 *
 * <p>{@link dev.lockstep.tlc.TlcGraph} explores a model inside this JVM and returns its whole state graph, with the
 * arguments of each action. {@link dev.lockstep.tlc.TlcRun} judges a model by TLC's plain command line in a JVM of its
 * own, so that a verdict is TLC's and can be repeated with anybody's {@code tla2tools.jar}; {@link
 * dev.lockstep.tlc.ModelRunner} does so for many models, a few at a time. {@link dev.lockstep.tlc.DistributedRun} has a
 * server and several workers judge a model, on this machine or on many, and {@link dev.lockstep.tlc.DeepRun} judges a
 * large one as far as the time allows.
 */
package dev.lockstep.tlc;
