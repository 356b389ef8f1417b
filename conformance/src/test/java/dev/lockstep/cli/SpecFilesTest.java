package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The models of the spec, their names, their pins and the manifest say the same. */
class SpecFilesTest {
    private static final Path SPEC = Path.of("..", "spec");
    private static final Pattern JUDGED = Pattern.compile("(?m)^\\s*(INVARIANTS?|PROPERTY|PROPERTIES)\\b(.*)$");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^\\s*(\\w+) = (.*?)\\s*$");

    /** Policy to the two choices that it consists of. */
    private static final Map<String, List<String>> POLICIES = Map.of(
            "Original", List.of("\"shared\"", "\"drained\""),
            "NeverClean", List.of("\"shared\"", "\"unmount\""),
            "MaybeDirty", List.of("\"shared\"", "\"sweep\""),
            "BounceCopy", List.of("\"copied\"", "\"drained\""));

    private static final List<String> ASSUMPTIONS =
            List.of("LogFlushedBeforeData", "LegsFlushedBeforeClean", "CleanAfterCopy", "KickedOut");

    private SpecFolder spec;
    private Map<String, Pin> pins;

    @BeforeEach
    void read() throws IOException {
        spec = SpecFolder.open(Optional.of(SPEC));
        pins = Pins.read(spec).models().stream().collect(Collectors.toMap(Pin::name, Function.identity()));
    }

    @AfterEach
    void close() {
        spec.close();
    }

    private String configuration(String model) throws IOException {
        return Files.readString(SPEC.resolve(model + ".cfg"));
    }

    private Map<String, String> constants(String model) throws IOException {
        Map<String, String> constants = new HashMap<>();
        Matcher line = CONSTANT.matcher(configuration(model));
        while (line.find()) {
            constants.put(line.group(1), line.group(2));
        }
        return constants;
    }

    @Test
    void everyConfigurationIsAModelThatIsPinned() throws IOException {
        List<String> names = spec.models().stream().map(ModelName::name).toList();
        assertThat(pins.keySet()).containsExactlyInAnyOrderElementsOf(names);
        try (var files = Files.newDirectoryStream(SPEC, "*.cfg")) {
            files.forEach(file -> assertThat(names).contains(file.getFileName().toString().replace(".cfg", "")));
        }
    }

    @Test
    void aModelJudgesThePropertyThatItIsNamedAfter() throws IOException {
        for (ModelName model : spec.models()) {
            Matcher judged = JUDGED.matcher(configuration(model.name()));
            List<String> properties = new ArrayList<>();
            while (judged.find()) {
                assertThat(judged.group(1)).as(model.name()).isIn("INVARIANT", "PROPERTY");
                properties.add(judged.group(2).strip());
            }
            assertThat(properties).as(model.name()).containsExactly(model.property());
            assertThat(SPEC.resolve(model.module() + ".tla")).isRegularFile();
        }
    }

    @Test
    void aModelsConstantsAreWhatItsNameSays() throws IOException {
        for (ModelName model : spec.models()) {
            if (model.policy().isEmpty()) {
                assertThat(model.module()).isEqualTo("MCAtomicDisk");
                continue;
            }
            Map<String, String> constants = constants(model.name());
            assertThat(POLICIES).as(model.name()).containsKey(model.policy());
            assertThat(List.of(constants.get("LegsRead"), constants.get("CleanWhen"))).as(model.name())
                    .isEqualTo(POLICIES.get(model.policy()));
            assertThat(model.variant()).as(model.name())
                    .matches("OneStep|TwoSteps|Without(" + String.join("|", ASSUMPTIONS) + ")");
            assertThat(constants.get("StoreMarks")).as(model.name())
                    .isEqualTo(model.variant().equals("TwoSteps") ? "FALSE" : "TRUE");
            for (String assumption : ASSUMPTIONS) {
                assertThat(constants.get(assumption)).as(model.name() + " " + assumption)
                        .isEqualTo(model.variant().equals("Without" + assumption) ? "FALSE" : "TRUE");
            }
        }
    }

    @Test
    void aPinSaysWhatTheModelsNameSays() throws IOException {
        for (ModelName model : spec.models()) {
            Pin pin = pins.get(model.name());
            assertThat(List.of(pin.module(), pin.policy(), pin.property())).as(model.name())
                    .containsExactly(model.module(), model.policy(), model.property());
            assertThat(pin.claim()).as(model.name()).matches("[A-Z].+[^ ]\\.").doesNotContain("\n");
            Map<String, Boolean> switches = new TreeMap<>();
            if (!model.policy().isEmpty()) {
                switches.put("StoreMarks", !model.variant().equals("TwoSteps"));
            }
            if (model.variant().startsWith("Without")) {
                switches.put(model.variant().substring("Without".length()), false);
            }
            assertThat(pin.switches()).as(model.name()).isEqualTo(switches);
        }
        assertThat(pins.values().stream().map(Pin::claim)).doesNotHaveDuplicates();
    }

    @Test
    void aPinTurnsOffWhatTheModelsConstantsTurnOff() throws IOException {
        for (ModelName model : spec.models()) {
            Map<String, String> constants = constants(model.name());
            TreeSet<String> off = new TreeSet<>();
            if ("TRUE".equals(constants.get("StoreMarks"))) {
                off.add("MarkPageDirty");
            }
            if (!model.policy().isEmpty() && !"\"sweep\"".equals(constants.get("CleanWhen"))) {
                off.addAll(List.of("Nominate", "SyncBegin", "SyncEnd"));
            }
            if ("\"unmount\"".equals(constants.get("CleanWhen"))) {
                off.add("Quiesce");
            }
            String suffix = model.module().equals("MCHistory") ? "H" : "";
            assertThat(pins.get(model.name()).off()).as(model.name())
                    .containsExactlyElementsOf(off.stream().map(action -> action + suffix).toList());
        }
    }

    @Test
    void everyPropertyIsViolatedBySomeModelAndEveryPolicyIsJudgedBothWays() {
        assertThat(pins.values().stream().filter(pin -> !pin.holds()).map(Pin::property).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("NoDesync", "ReadStability", "NothingLost");
        for (String policy : POLICIES.keySet()) {
            for (String variant : List.of("OneStep", "TwoSteps")) {
                String both = "_" + policy + "_" + variant + "_";
                assertThat(pins).containsKeys("MCMirror" + both + "NoDesync", "MCMirror" + both + "ReadStability",
                        "MCHistory" + both + "NothingLost");
            }
        }
    }

    @Test
    void theManifestSaysTheSameAsThePins() throws IOException {
        Manifest manifest = Json.read(SPEC.resolve(Manifest.FILE), Manifest.class);
        assertThat(manifest).isEqualTo(Manifest.of(spec, Pins.read(spec)));
        assertThat(manifest.modules().stream().map(Manifest.Module::path))
                .containsExactlyElementsOf(spec.modules().stream().map(module -> "spec/" + module + ".tla").toList());
        List<Manifest.Judged> models = manifest.modules().stream().flatMap(module -> module.models().stream()).toList();
        assertThat(models.stream().map(Manifest.Judged::path)).containsExactlyInAnyOrderElementsOf(
                pins.keySet().stream().map(name -> "spec/" + name + ".cfg").toList());
        for (Manifest.Judged model : models) {
            assertThat(model.mode()).isEqualTo("exhaustive search");
            assertThat(model.runtime()).matches("\\d\\d:\\d\\d:\\d\\d");
        }
    }
}
