package dev.lockstep.sut;

import java.util.List;

/** Events and wants as they stand in the line protocol: objects of JSON, written without a blank. */
final class WireText {
    private WireText() {
    }

    static String of(Event event) {
        StringBuilder text = new StringBuilder("{");
        append(event, text);
        return text.append('}').toString();
    }

    /** The line of an event: its number, what it is, and what there is to say of it. */
    static String line(long number, Event event) {
        StringBuilder text = new StringBuilder("{\"n\":").append(number).append(',');
        append(event, text);
        return text.append('}').toString();
    }

    private static void append(Event event, StringBuilder text) {
        text.append("\"event\":\"");
        switch (event.kind()) {
            case DONE -> {
                fields(event.want(), text);
                if (event.want().kind() == Want.Kind.COMPARE) {
                    text.append(",\"equal\":").append(event.equal());
                }
            }
            case OPEN -> bits(event.bits(), text.append("open\""));
            case WRITE -> text.append("write\",\"write\":").append(event.write()).append(",\"block\":").append(event.block());
            case READ -> text.append("read\",\"block\":").append(event.block()).append(",\"leg\":").append(event.leg());
            case LEG_FLUSHED -> text.append("leg-flushed\",\"leg\":").append(event.leg());
            default -> text.append(event.kind().written()).append('"');
        }
    }

    static String of(Want want) {
        StringBuilder text = new StringBuilder("{\"want\":\"");
        fields(want, text);
        return text.append('}').toString();
    }

    private static void fields(Want want, StringBuilder text) {
        text.append(want.kind().written()).append('"');
        for (Want.Field field : want.kind().fields()) {
            switch (field) {
                case FROM -> text.append(",\"from\":\"").append(want.from()).append('"');
                case BITS -> bits(want.bits(), text);
                default -> text.append(",\"").append(field.key()).append("\":").append(want.number(field));
            }
        }
    }

    private static void bits(List<Boolean> bits, StringBuilder text) {
        text.append(",\"bits\":[");
        for (int region = 0; region < bits.size(); region++) {
            text.append(region == 0 ? "" : ",").append(bits.get(region));
        }
        text.append(']');
    }
}
