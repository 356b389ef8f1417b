/**
 * The part of the crash tiers that runs beside the mirror as well, in the guest too: it needs nothing but {@code java.base},
 * {@code jdk.unsupported} (for O_DIRECT), the mirror and slf4j's API.
 */
package dev.lockstep.crash.inside;
