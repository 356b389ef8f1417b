package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code verdicts.json} beside a spec: what its models are expected to show.
 *
 * @param models by ascending name
 */
record Pins(List<Pin> models) {
    static final String FILE = "verdicts.json";

    Pins {
        models = models.stream().sorted(Comparator.comparing(Pin::name)).toList();
    }

    /**
     * Reads the file of a spec.
     *
     * @throws UserMistake if it is not there, or not as it should be, or pins a model that is not there
     */
    static Pins read(SpecFolder spec) throws IOException {
        Path file = spec.path().resolve(FILE);
        if (!Files.exists(file)) {
            throw new UserMistake("there is no " + file
                    + ", which says what the models are expected to show; check --pin writes it");
        }
        Pins pins = Json.read(file, Pins.class);
        List<String> models = spec.models().stream().map(ModelName::name).toList();
        for (Pin pin : pins.models) {
            if (!models.contains(pin.name())) {
                throw new UserMistake(file + " pins the model " + pin.name() + ", but "
                        + spec.path().resolve(pin.name() + ".cfg") + " is not there");
            }
        }
        return pins;
    }

    /** Returns the pins to be replaced: none if the file is not there, and of models that are gone as well. */
    static Pins readIfThere(SpecFolder spec) throws IOException {
        Path file = spec.path().resolve(FILE);
        return Files.exists(file) ? Json.read(file, Pins.class) : new Pins(List.of());
    }

    Optional<Pin> find(ModelName model) {
        return models.stream().filter(pin -> pin.name().equals(model.name())).findFirst();
    }

    /** Returns these pins with those of the same name replaced, without those that have no model any more. */
    Pins with(List<Pin> fresh, List<ModelName> existing) {
        List<Pin> all = new ArrayList<>(fresh);
        models.stream().filter(pin -> fresh.stream().noneMatch(other -> other.name().equals(pin.name())))
                .filter(pin -> existing.stream().anyMatch(model -> model.name().equals(pin.name()))).forEach(all::add);
        return new Pins(all);
    }
}
