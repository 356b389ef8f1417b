package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What spec/README.md says is what the spec, the pins and the report's quotations say. */
class SpecReadmeTest {
    private static final Path SPEC = Path.of("..", "spec");

    private static String readme;
    private static String mirror;

    @BeforeAll
    static void read() throws IOException {
        readme = Files.readString(SPEC.resolve("README.md"));
        mirror = Files.readString(SPEC.resolve("Mirror.tla"));
    }

    @Test
    void theVerdictTableIsThatOfThePins() throws IOException {
        try (SpecFolder folder = SpecFolder.open(Optional.of(SPEC))) {
            assertThat(readme).contains(VerdictTable.of(Pins.read(folder)).strip());
        }
    }

    @Test
    void theQuotationsAreThoseOfTheReport() throws IOException {
        try (InputStream in = SpecReadmeTest.class.getResourceAsStream("/dev/lockstep/report/seed.json")) {
            JsonNode seed = new ObjectMapper().readTree(in);
            assertThat(seed.size()).isPositive();
            for (Map.Entry<String, JsonNode> quotation : seed.properties()) {
                assertThat(readme).contains("| " + quotation.getKey() + " | \"" + quotation.getValue().asText() + "\" |");
            }
        }
    }

    @Test
    void everyAssumptionHasItsRow() {
        Matcher constants = Pattern.compile("ASSUME \\{([\\w,\\s]+)} \\\\subseteq BOOLEAN").matcher(mirror);
        assertThat(constants.find()).isTrue();
        for (String constant : constants.group(1).split(",")) {
            assertThat(readme).contains("| `" + constant.strip() + "` |");
        }
    }

    @Test
    void everyNumberThatAModuleCitesIsQuoted() throws IOException {
        String modules = mirror + Files.readString(SPEC.resolve("MirrorHistory.tla"));
        Matcher cited = Pattern.compile("\\b([SI]\\d+): \"").matcher(modules);
        List<String> numbers = new ArrayList<>();
        while (cited.find()) {
            numbers.add(cited.group(1));
        }
        assertThat(numbers).isNotEmpty().allSatisfy(number -> assertThat(readme).contains("| " + number + " | \""));
    }

    @Test
    void whatAModuleQuotesIsInTheQuotation() throws IOException {
        try (InputStream in = SpecReadmeTest.class.getResourceAsStream("/dev/lockstep/report/seed.json")) {
            JsonNode seed = new ObjectMapper().readTree(in);
            String text = mirror.replaceAll("\\n\\\\\\*\\s+", " ").replaceAll("\\s+", " ");
            Matcher quoted = Pattern.compile("\\b([SI]\\d+): \"([^\"]+)\"").matcher(text);
            int found = 0;
            while (quoted.find()) {
                found++;
                assertThat(seed.path(quoted.group(1)).asText()).as(quoted.group(1)).contains(quoted.group(2));
            }
            assertThat(found).isGreaterThan(8);
        }
    }
}
