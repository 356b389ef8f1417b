package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.stream.IntStream;

/** The first bytes of two legs, one leg a row, with a sign under each byte that differs. */
final class HexTable implements Section {
    private final Bytes leg0;
    private final Bytes leg1;

    HexTable(Bytes leg0, Bytes leg1) {
        this.leg0 = leg0;
        this.leg1 = leg1;
    }

    @Override
    public void write(Html html) {
        html.in(tag("table").css("quiet hex"), () -> {
            html.put("caption", "The bitmap's first bytes as the leg files hold them");
            html.in("thead", () -> html.in("tr", () -> {
                html.put(tag("th").with("scope", "col"), "byte");
                offsets().forEach(offset -> html.put(tag("th").with("scope", "col"), Integer.toHexString(offset)));
            }));
            html.in("tbody", () -> {
                leg(html, "leg 0", leg0);
                leg(html, "leg 1", leg1);
                signs(html);
            });
        });
    }

    private IntStream offsets() {
        return IntStream.range(0, Math.max(leg0.length(), leg1.length()));
    }

    private void leg(Html html, String name, Bytes leg) {
        html.in("tr", () -> {
            html.put(tag("th").with("scope", "row"), name);
            offsets().forEach(offset -> html.in(tag("td"), () -> {
                if (leg0.differs(leg1, offset)) {
                    html.put("mark", leg.hex(offset));
                } else {
                    html.text(leg.hex(offset));
                }
            }));
        });
    }

    private void signs(Html html) {
        if (leg0.differences(leg1).isEmpty()) {
            return;
        }
        html.in(tag("tr").css("signs"), () -> {
            html.put(tag("th").with("scope", "row"), "differ");
            offsets().forEach(offset -> html.put("td", leg0.differs(leg1, offset) ? "≠" : ""));
        });
    }
}
