/**
 * The region machine: what the driver knows and decides, and nothing else.
 *
 * <p>It is deterministic, does no I/O, starts no thread and reads no clock: an event goes in, the state changes, and the
 * steps that the event made possible come out. {@link dev.lockstep.region.RegionMachine} has one method for each System
 * action of {@code spec/Mirror.tla}, under the same name; the variables of the specification are its fields.
 */
package dev.lockstep.region;
