package dev.lockstep.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the texts that are packed beside the report come from. */
interface TextSource {
    /** What the build has packed: paths under {@code dev/lockstep/} of the class path. */
    TextSource PACKED = path -> {
        String resource = "/dev/lockstep/" + path;
        try (InputStream in = TextSource.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
    };

    /** Returns the text at a path such as {@code spec/Mirror.tla}, if there is one. */
    Optional<String> text(String path);

    /** Returns a text that must be there. */
    default String required(String path) {
        return text(path).orElseThrow(() -> new ReportException(
                path + ": expected among the texts packed with the report, but is not there"));
    }
}
