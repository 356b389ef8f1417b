package dev.lockstep.sut;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the rig does above the mirror and to its devices, as the models' constants have it.
 *
 * @param storing     how a page is changed
 * @param happening   what else happens: values of the constant {@code Environment}
 * @param freeDurable whether a block is freed durably before its page is dropped: the assumption {@code FreeDurable}
 * @param orderedData whether data is written before its allocation is durable: the assumption {@code OrderedData}
 */
public record Surroundings(Storing storing, Set<String> happening, boolean freeDurable, boolean orderedData) {
    private static final Pattern STORING = Pattern.compile("(?m)^\\s*Storing\\s*=\\s*\"(\\w+)\"");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^\\s*Environment\\s*=\\s*\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");
    private static final Pattern OFF = Pattern.compile("(?m)^\\s*Off\\s*=\\s*\\{([^}]*)}");

    /** Refuses a null, and keeps a copy. */
    public Surroundings {
        Objects.requireNonNull(storing);
        happening = Set.copyOf(happening);
    }

    /**
     * {@return those in which nothing happens but stores and reads}
     *
     * @param storing how a page is changed
     */
    public static Surroundings of(Storing storing) {
        return of(storing, List.of("read"));
    }

    /**
     * {@return those in which every assumption holds}
     *
     * @param storing     how a page is changed
     * @param environment what else happens: values of the constant {@code Environment}
     */
    public static Surroundings of(Storing storing, Collection<String> environment) {
        return new Surroundings(storing, Set.copyOf(environment), true, true);
    }

    /** {@return whether this happens} */
    boolean happens(String happening) {
        return this.happening.contains(happening);
    }

    /** Whether blocks are freed, allocated and committed. */
    boolean frees() {
        return happens("free");
    }

    /**
     * {@return those of a model of Mirror.tla}
     *
     * @param configuration the text of its TLC configuration
     * @throws IllegalArgumentException if it says of no way in which pages are changed
     */
    public static Surroundings ofModel(String configuration) {
        String storing = find(STORING, configuration);
        String environment = find(ENVIRONMENT, configuration);
        String off = find(OFF, configuration);
        return new Surroundings(Arrays.stream(Storing.values()).filter(each -> each.written().equals(storing)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model's Storing is \"" + storing
                        + "\"; one of Mirror.tla's is expected")),
                NAME.matcher(environment).results().map(each -> each.group(1)).collect(Collectors.toSet()), !off.contains("\"FreeDurable\""), !off.contains("\"OrderedData\""));
    }

    private static String find(Pattern constant, String configuration) {
        Matcher matcher = constant.matcher(configuration);
        return matcher.find() ? matcher.group(1) : "";
    }
}
