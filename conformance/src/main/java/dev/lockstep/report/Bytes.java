package dev.lockstep.report;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Some bytes, written in a result as hex. */
record Bytes(List<Integer> values) {
    Bytes {
        values = List.copyOf(values);
    }

    static Bytes of(Entry json) {
        try {
            List<Integer> values = new ArrayList<>();
            for (byte value : HexFormat.of().parseHex(json.asText().replace(" ", ""))) {
                values.add(value & 0xff);
            }
            return new Bytes(values);
        } catch (IllegalArgumentException e) {
            throw json.expected("bytes in hex");
        }
    }

    int length() {
        return values.size();
    }

    /** Returns the byte as two hex digits, or two dots where there is none. */
    String hex(int offset) {
        return offset < length() ? HexFormat.of().toHexDigits((byte) (int) values.get(offset)) : "··";
    }

    /** Returns the byte as eight binary digits. */
    String binary(int offset) {
        return offset < length() ? Integer.toBinaryString(0x100 | values.get(offset)).substring(1) : "········";
    }

    boolean differs(Bytes other, int offset) {
        return !hex(offset).equals(other.hex(offset));
    }

    /** Returns the offsets at which the two differ, ascending. */
    List<Integer> differences(Bytes other) {
        List<Integer> offsets = new ArrayList<>();
        for (int offset = 0; offset < Math.max(length(), other.length()); offset++) {
            if (differs(other, offset)) {
                offsets.add(offset);
            }
        }
        return offsets;
    }
}
