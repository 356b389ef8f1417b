package dev.lockstep.store;

/** What a leg is opened for. */
public enum Access {

    /** For reading; every write is refused. */
    READ_ONLY("reading"),

    /** For reading and writing. */
    READ_WRITE("reading and writing");

    private final String purpose;

    Access(String purpose) {
        this.purpose = purpose;
    }

    /** The purpose in words, for messages. */
    String purpose() {
        return purpose;
    }
}
