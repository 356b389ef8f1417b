/**
 * What the mirror costs: it is measured in turn with what it is compared with, and told as ratios. Whoever reads one finds
 * beside it what comes of measuring the same thing twice.
 */
package dev.lockstep.bench;
