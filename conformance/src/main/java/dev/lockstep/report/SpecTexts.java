package dev.lockstep.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The modules that some models stand on. A module comes after those that it extends. */
final class SpecTexts {
    /** A line of a module. */
    record Place(String module, int line) {
        String anchor() {
            return Anchors.spec(module, line);
        }
    }

    private final Map<String, SpecModule> modules = new LinkedHashMap<>();

    /** Reads the modules named and all that they extend; those that are not packed are TLA+'s own. */
    SpecTexts(TextSource source, Collection<String> names) {
        names.stream().sorted().forEach(name -> read(source, name));
    }

    private void read(TextSource source, String name) {
        Optional<String> text = modules.containsKey(name) ? Optional.empty() : source.text("spec/" + name + ".tla");
        text.map(lines -> SpecModule.of(name, lines)).ifPresent(module -> {
            module.extended().forEach(extended -> read(source, extended));
            modules.put(name, module);
        });
    }

    List<SpecModule> modules() {
        return List.copyOf(modules.values());
    }

    /** Returns where a name is defined, as seen from a module. */
    Optional<Place> definition(String name, String from) {
        SpecModule module = modules.get(from);
        if (module == null) {
            return Optional.empty();
        }
        OptionalInt line = module.definition(name);
        if (line.isPresent()) {
            return Optional.of(new Place(from, line.getAsInt()));
        }
        return module.extended().stream().flatMap(extended -> definition(name, extended).stream()).findFirst();
    }

    /** Returns where a name is defined first. */
    Optional<Place> definition(String name) {
        return modules.values().stream()
                .flatMap(module -> module.definition(name).stream().mapToObj(line -> new Place(module.name(), line)))
                .findFirst();
    }

    /**
     * Returns where an action is defined. Mirror's first: an action of the module with the history variables has the
     * name of Mirror's, with an H.
     */
    Optional<Place> action(String name) {
        return definition(name, "Mirror").or(() -> definition(name));
    }

    /** Returns the place if there is such a line. */
    Optional<Place> place(String module, long line) {
        SpecModule found = modules.get(module);
        return found == null || line < 1 || line > found.lines().size() ? Optional.empty()
                : Optional.of(new Place(module, (int) line));
    }
}
