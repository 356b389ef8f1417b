package dev.lockstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A spec that TLC judges at once: a number from 0 to 3 that goes up and down, and an action that never fires. */
final class TinySpec {
    static final String MODULE = """
            ---- MODULE MCTiny ----
            EXTENDS Naturals
            VARIABLE x
            Init == x = 0
            Up == x < 3 /\\ x' = x + 1
            Down == x > 0 /\\ x' = x - 1
            Leap == x > 9 /\\ x' = 0
            Next == Up \\/ Down \\/ Leap
            Spec == Init /\\ [][Next]_x
            Small == x <= 3
            Tiny == x <= 1
            Natural == x \\in Nat
            ====
            """;

    private final Path folder;
    private final List<Pin> pins = new ArrayList<>();

    TinySpec(Path folder) {
        this.folder = folder;
        write("MCTiny.tla", MODULE);
    }

    Path folder() {
        return folder;
    }

    /** Has {@code check} judge it. */
    Run check(Path out, String... arguments) {
        List<String> all = new ArrayList<>(List.of("check", "--out", out.toString(), "--spec", folder.toString()));
        all.addAll(List.of(arguments));
        return Run.lockstep(all.toArray(String[]::new));
    }

    /** Adds a model that judges the property that its name ends with. */
    ModelName model(String name) {
        ModelName model = ModelName.of(name);
        write(name + ".cfg", "SPECIFICATION Spec\nINVARIANT " + model.property() + "\n");
        return model;
    }

    /** Adds a model of Small, which holds, and its pin. */
    void holds(String name, long distinctStates, String... off) {
        pin(name, "holds", null, distinctStates, 7, 4, off);
    }

    /** Adds a model of Tiny, which is violated, and its pin. */
    void violated(String name, int length, String... off) {
        pin(name, "violated", length, 3, 3, 3, off);
    }

    void pin(String name, String expected, Integer length, long distinctStates, long totalStates, int depth,
            String... off) {
        ModelName model = model(name);
        pins.add(new Pin(name, model.module(), model.policy(), model.property(), "A claim.", Map.of(), expected, length,
                distinctStates, totalStates, depth, List.of(off)));
        write(Pins.FILE, Json.text(new Pins(pins)));
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
