package dev.lockstep.tlc;

/**
 * What a worker did.
 *
 * @param models how many servers it worked for, one after another: each judges one model
 * @param states how many steps it took for them
 */
public record ServedModels(int models, long states) {
}
