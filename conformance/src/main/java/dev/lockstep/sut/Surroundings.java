package dev.lockstep.sut;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rig does above the mirror, as the models' constants have it: the application and the file system.
 *
 * @param storing     how a page is changed
 * @param frees       whether blocks are freed, allocated and committed
 * @param freeDurable whether a block is freed durably before its page is dropped: the assumption {@code FreeDurable}
 * @param orderedData whether data is written before its allocation is durable: the assumption {@code OrderedData}
 */
public record Surroundings(Storing storing, boolean frees, boolean freeDurable, boolean orderedData) {
    private static final Pattern STORING = Pattern.compile("(?m)^\\s*Storing\\s*=\\s*\"(\\w+)\"");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^\\s*Environment\\s*=\\s*\\{([^}]*)}");
    private static final Pattern OFF = Pattern.compile("(?m)^\\s*Off\\s*=\\s*\\{([^}]*)}");

    /** Refuses a null. */
    public Surroundings {
        Objects.requireNonNull(storing);
    }

    /**
     * {@return those in which nothing is freed}
     *
     * @param storing how a page is changed
     */
    public static Surroundings of(Storing storing) {
        return new Surroundings(storing, false, true, true);
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
                environment.contains("\"free\""), !off.contains("\"FreeDurable\""), !off.contains("\"OrderedData\""));
    }

    private static String find(Pattern constant, String configuration) {
        Matcher matcher = constant.matcher(configuration);
        return matcher.find() ? matcher.group(1) : "";
    }
}
