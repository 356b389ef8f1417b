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
import java.util.stream.Collectors;
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
    void theTablesAreThoseOfThePins() throws IOException {
        try (SpecFolder folder = SpecFolder.open(Optional.of(SPEC))) {
            Pins pins = Pins.read(folder);
            assertThat(VerdictTable.all(pins)).hasSize(3)
                    .allSatisfy(table -> assertThat(readme).contains(table.strip()));
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

    /** The row of an assumption names a model in which it is off, and says of that what is pinned. */
    @Test
    void everyAssumptionHasItsRowAndTheRowIsTrue() throws IOException {
        Matcher assumptions = Pattern.compile("(?s)\\nAssumption == \\{(.*?)}").matcher(mirror);
        assertThat(assumptions.find()).isTrue();
        try (SpecFolder folder = SpecFolder.open(Optional.of(SPEC))) {
            Map<String, Pin> pins = Pins.read(folder).models().stream().collect(Collectors.toMap(Pin::name, pin -> pin));
            for (String assumption : assumptions.group(1).replaceAll("[\"\\s]", "").split(",")) {
                String row = readme.lines().filter(line -> line.startsWith("| `" + assumption + "` |")).findFirst().orElseThrow();
                Matcher said = Pattern.compile("`(MC\\w+)` (holds|violated)").matcher(row);
                int models = 0;
                while (said.find()) {
                    models++;
                    assertThat(pins).containsKey(said.group(1));
                    Pin pin = pins.get(said.group(1));
                    assertThat(pin.switches()).as(row).containsEntry(assumption, false);
                    assertThat(pin.expected()).as(said.group(1)).isEqualTo(said.group(2));
                }
                assertThat(models).as(row).isPositive();
            }
        }
    }

    @Test
    void everyNumberThatAModuleCitesIsQuoted() throws IOException {
        String modules = mirror + Files.readString(SPEC.resolve("MirrorHistory.tla"));
        Matcher cited = Pattern.compile("\\b([A-Z]\\d+): \"").matcher(modules);
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
