package dev.lockstep.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The hashes that name what is in a trace, and nothing of how it was found: they are of texts, never of numbers that an exploration
 * gave out. A state's is of its variables' names and values, a trace's begins with its model and its start, and goes on step by step;
 * so the id of any beginning of a trace is at hand while the trace is hashed. All are SHA-256. Not thread-safe.
 */
final class ContentHash {
    private static final int ID_LENGTH = 16;

    private final MessageDigest digest = sha256();

    /** Returns SHA-256, which every Java has. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the digits of a hash that are its id. */
    static String id(byte[] hash) {
        return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
    }

    byte[] text(String text) {
        return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the hash of a variable's having a value. */
    byte[] variable(String name, Value value) {
        byte[] named = text(name);
        byte[] valued = text(value.toString());
        digest.update(named);
        return digest.digest(valued);
    }

    /** Returns a state's hash, from those of its variables, by ascending name. */
    byte[] state(List<byte[]> variables) {
        variables.forEach(digest::update);
        return digest.digest();
    }

    byte[] state(Map<String, Value> state) {
        return state(state.entrySet().stream().map(each -> variable(each.getKey(), each.getValue())).toList());
    }

    /** Returns the hash of a trace without steps. */
    byte[] start(String specHash, String policy, String size, byte[] state) {
        List<byte[]> model = List.of(text(specHash), text(policy), text(size));
        model.forEach(digest::update);
        digest.update(state);
        return digest.digest();
    }

    /** Returns the hash of a trace with one step more. */
    byte[] step(byte[] before, byte[] label, byte[] post) {
        digest.update(before);
        digest.update(label);
        digest.update(post);
        return digest.digest();
    }
}
