/**
 * Suites: walks that together take every edge of a model's state graph.
 *
 * <p>A walk starts where only files exist, and whatever image a crash can leave of them is copied on the way instead of
 * being reached by another walk. What remains is a postman's tour: the balance of the graph is restored with as few
 * repeated edges as a greedy finds, and the tour through it is cut into walks. Deterministic: the same graph gives the
 * same suite.
 */
package dev.lockstep.suite;
