package dev.lockstep.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results and texts of a small world of their own, which a test may doctor. */
final class Sample {
    static final Product PRODUCT = new Product("1.2.3", "17.0.1");
    private static final List<String> RESULTS = List.of("check", "replay", "scenario", "kill", "enumerate", "audit");

    private final Map<String, String> results = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    Sample() {
        RESULTS.forEach(name -> results.put(name, resource("results/" + name + ".json").orElseThrow()));
    }

    /** Puts another text into a result where one stands now. */
    Sample result(String name, String now, String then) {
        results.put(name, replaced(results.get(name), now, then));
        return this;
    }

    /** Puts another text into a packed text where one stands now. */
    Sample text(String path, String now, String then) {
        texts.put(path, replaced(texts.getOrDefault(path, resource("texts/" + path).orElseThrow()), now, then));
        return this;
    }

    /** Adds a result that a sample does not have by itself. */
    Sample with(String name) {
        results.put(name, resource("results/" + name + ".json").orElseThrow());
        return this;
    }

    Sample without(String... names) {
        for (String name : names) {
            results.remove(name);
        }
        return this;
    }

    ReportInput in(Path folder) {
        results.forEach((name, json) -> write(folder.resolve(name + ".json"), json));
        return ReportInput.read(folder, PRODUCT, path -> Optional.ofNullable(texts.get(path))
                .or(() -> resource("texts/" + path)));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replaced(String text, String now, String then) {
        if (!text.contains(now)) {
            throw new IllegalArgumentException("the sample does not hold " + now);
        }
        return text.replace(now, then);
    }

    private static Optional<String> resource(String path) {
        try (InputStream in = Sample.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
