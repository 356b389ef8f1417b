/**
 * What every other part speaks in: TLA+ values, labelled steps, traces and the state graph of a model.
 *
 * <p>Everything here is immutable once built and safe to share between threads, but for
 * {@link dev.lockstep.trace.StateGraph.Builder}. Nothing here knows how a graph is explored, walked or replayed.
 */
package dev.lockstep.trace;
