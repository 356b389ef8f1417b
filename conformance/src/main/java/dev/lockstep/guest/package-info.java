/**
 * A throw-away Linux guest with device-mapper, for hosts whose kernel has none: built from Debian packages, booted by QEMU
 * in plain software emulation, and thrown away. It needs no network, no KVM and no image of anyone's.
 *
 * <p>{@link dev.lockstep.guest.Guest} builds what a guest boots from, once for a cache folder; {@link
 * dev.lockstep.guest.GuestImage} boots it as often as is asked; {@link dev.lockstep.guest.RunningGuest} runs commands and
 * Java in it, and can be killed at any moment: to the disks that is a power cut which keeps all that the guest had handed
 * over.
 */
package dev.lockstep.guest;
