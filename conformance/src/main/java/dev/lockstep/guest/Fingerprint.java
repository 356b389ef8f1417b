package dev.lockstep.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a part of the guest is keyed by in the cache: it changes when anything that goes into the part does. */
final class Fingerprint {
    private static final int BYTES_SHOWN = 8;

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes a text in. */
    Fingerprint with(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /** Takes a file in, by its path, its length and when it was changed: a package that is upgraded changes these. */
    Fingerprint with(Path file) throws IOException {
        return with(file.toString()).with(Long.toString(Files.size(file)))
                .with(Files.getLastModifiedTime(file).toInstant().toString());
    }

    /** {@return the fingerprint, 16 hexadecimal digits; this takes in nothing more} */
    String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES_SHOWN);
    }
}
