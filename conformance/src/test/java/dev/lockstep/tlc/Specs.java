package dev.lockstep.tlc;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;

/** The small specs of these tests. */
final class Specs {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final String SMALL = """
            SPECIFICATION Spec
            CONSTANTS
              Leg = {0, 1}
              Max = 1
              Nobody = Nobody
            """;

    private Specs() {
    }

    static Model model(String module, String configuration) {
        return new Model("The" + module, directory(), module, configuration);
    }

    static Model small(String judged) {
        return model("Small", SMALL + judged + "\n");
    }

    static Path directory() {
        try {
            return Path.of(Specs.class.getResource("Small.tla").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
