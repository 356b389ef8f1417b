package dev.lockstep.trace;

/** What TLA+ calls an identifier: letters, digits and underscores, at least one letter among them. */
final class Identifiers {
    private Identifiers() {
    }

    static boolean isIdentifier(String text) {
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPart(c)) {
                return false;
            }
            letter |= isLetter(c);
        }
        return letter;
    }

    static boolean isPart(char c) {
        return isLetter(c) || c >= '0' && c <= '9' || c == '_';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
