package dev.lockstep.tlc.inside;

/** A spec that TLC can check but that no graph can be made of. The message is a sentence for the user. */
final class UnfitSpec extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnfitSpec(String message) {
        super(message);
    }
}
