/**
 * The replay: every walk of a suite is performed on a system under test, and after each step all that can be observed of
 * it is compared with the state that the model is in: every variable, and which actions are possible next.
 */
package dev.lockstep.replay;
