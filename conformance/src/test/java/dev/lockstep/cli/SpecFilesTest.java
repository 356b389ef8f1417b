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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of the spec, their names, their pins and the manifest say the same. */
class SpecFilesTest {
    private static final Path SPEC = Path.of("..", "spec");
    private static final Pattern JUDGED = Pattern.compile("(?m)^\\s*(INVARIANTS?|PROPERTY|PROPERTIES)\\b(.*)$");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^\\s*(\\w+) = (.*?)\\s*$");

    /** Policy to the two choices that it consists of. */
    private static final Map<String, List<String>> POLICIES = Map.of(
            "Original", List.of("\"shared\"", "\"drained\""),
            "LockBuffers", List.of("\"locked\"", "\"drained\""),
            "NeverClean", List.of("\"shared\"", "\"unmount\""),
            "FlushPeriod", List.of("\"shared\"", "\"period\""),
            "MaybeDirty", List.of("\"shared\"", "\"sweep\""),
            "BounceCopy", List.of("\"copied\"", "\"drained\""),
            "CompareLegs", List.of("\"shared\"", "\"compare\""));

    /** Cause to the way of storing and to what else happens. */
    private static final Map<String, List<String>> CAUSES = Map.of(
            "Direct", List.of("\"none\"", "{\"direct\", \"change\"}"),
            "Mmap", List.of("\"mmap\"", "{}"),
            "Write", List.of("\"write\"", "{}"),
            "StoreMark", List.of("\"storeMark\"", "{}"),
            "MarkStore", List.of("\"markStore\"", "{}"));

    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

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

    /** The set of strings that a constant is. */
    private static TreeSet<String> strings(String set) {
        TreeSet<String> strings = new TreeSet<>();
        Matcher quoted = QUOTED.matcher(set);
        while (quoted.find()) {
            strings.add(quoted.group(1));
        }
        return strings;
    }

    /** The set of strings that a definition of a module is. */
    private static TreeSet<String> defined(String module, String name) throws IOException {
        Matcher set = Pattern.compile("(?s)\\n" + name + " == \\{(.*?)}\\s").matcher(Files.readString(SPEC.resolve(module + ".tla")));
        assertThat(set.find()).as(name).isTrue();
        return strings(set.group(1));
    }

    /** The assumptions that a variant's name says are off. */
    private static TreeSet<String> without(String variant) {
        int without = variant.indexOf("Without");
        return without < 0 ? new TreeSet<>()
                : new TreeSet<>(List.of(variant.substring(without + "Without".length()).split("And(?=[A-Z])")));
    }

    @Test
    void aModelsConstantsAreWhatItsNameSays() throws IOException {
        for (ModelName model : spec.models()) {
            if (model.policy().isEmpty()) {
                assertThat(model.module()).isIn("MCAtomicDisk", "MCTwoCopies", "MCOneCopy", "MCGenerations");
                assertThat(strings(constants(model.name()).getOrDefault("Off", "{}"))).as(model.name())
                        .isEqualTo(without(model.variant()));
                continue;
            }
            Map<String, String> constants = constants(model.name());
            assertThat(POLICIES).as(model.name()).containsKey(model.policy());
            assertThat(List.of(constants.get("LegsRead"), constants.get("CleanWhen"))).as(model.name())
                    .isEqualTo(POLICIES.get(model.policy()));
            assertThat(strings(constants.get("Off"))).as(model.name()).isEqualTo(without(model.variant()));
            CAUSES.forEach((cause, said) -> {
                if (model.variant().equals(cause)) {
                    String happens = constants.get("Environment").replaceFirst("\"read\"(, )?", "");
                    assertThat(List.of(constants.get("Storing"), happens)).as(model.name()).isEqualTo(said);
                }
            });
            assertThat(constants.get("Legs")).as(model.name()).isEqualTo(model.variant().endsWith("ThreeLegs") ? "3" : "2");
            boolean interchangeable = model.module().equals("MCMirror") && pins.get(model.name()).holds()
                    && !strings(constants.get("Environment")).contains("discard");
            assertThat(constants.get("Value")).as(model.name()).isEqualTo(interchangeable ? "{v0, v1}" : "{0, 1}");
            assertThat(spec.model(model).configuration().contains("SYMMETRY")).as(model.name()).isEqualTo(interchangeable);
            assertThat(constants.get("Regions") + constants.get("BlocksPerRegion")).as(model.name())
                    .isEqualTo(model.variant().equals("TwoBlocks") ? "12" : "11");
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
            without(model.variant()).forEach(assumption -> switches.put(assumption, false));
            assertThat(pin.switches()).as(model.name()).isEqualTo(switches);
        }
        assertThat(pins.values().stream().map(Pin::claim)).doesNotHaveDuplicates();
    }

    @Test
    void aPinTurnsOffWhatTheModelsConstantsTurnOff() throws IOException {
        for (ModelName model : spec.models()) {
            String suffix = model.module().equals("MCHistory") ? "H" : "";
            TreeSet<String> off = model.policy().isEmpty() ? turnedOffWithoutPolicy(constants(model.name()))
                    : turnedOff(constants(model.name()));
            assertThat(pins.get(model.name()).off()).as(model.name())
                    .containsExactlyInAnyOrderElementsOf(off.stream().map(action -> action + suffix).toList());
        }
    }

    /** Nothing but what comes of damage to the copies of the log. */
    private static TreeSet<String> turnedOffWithoutPolicy(Map<String, String> constants) {
        TreeSet<String> off = new TreeSet<>();
        turnOff(off, constants.getOrDefault("Damage", "TRUE").equals("FALSE"), "BecomeDamaged", "Void", "MakeAnew");
        if (constants.containsKey("Meddling")) {
            String meddling = constants.get("Meddling");
            turnOff(off, !meddling.contains("\"leg goes\""), "LegGoes");
            turnOff(off, !meddling.contains("\"leg replaced\""), "LegReplaced");
            boolean putBack = meddling.contains("\"leg put back\"");
            boolean takenOut = meddling.contains("\"leg taken out\"");
            turnOff(off, !putBack, "CopyLeg");
            boolean removed = meddling.contains("\"leg removed\"");
            turnOff(off, !putBack && !takenOut && !removed, "LegPutBack");
            turnOff(off, !takenOut, "TakeOut");
            turnOff(off, !removed, "Remove", "Add");
            // The bits are written by themselves where the log calls clean what is not to be believed.
            turnOff(off, !putBack && !meddling.contains("\"leg replaced\"") && !meddling.contains("\"log put back\""), "BitsWrite", "BitsFlush");
            turnOff(off, !meddling.contains("\"log lost\""), "LogLost");
            turnOff(off, !meddling.contains("\"log put back\""), "CopyLog", "LogPutBack");
            // A leg that is out, and there, takes a generation more; save one that is found in another's place at the first opening.
            turnOff(off, constants.get("Most").equals("3") && !meddling.contains("\"leg replaced\""), "Readmit");
        }
        return off;
    }

    private static TreeSet<String> turnedOff(Map<String, String> constants) {
        TreeSet<String> off = new TreeSet<>();
        TreeSet<String> happens = strings(constants.get("Environment"));
        TreeSet<String> without = strings(constants.get("Off"));
        off.addAll(offByStoring(constants.get("Storing"), without.contains("ClearedApart")));
        off.addAll(offByPolicy(constants.get("CleanWhen")));
        turnOff(off, !happens.contains("read"), "Read");
        turnOff(off, !happens.contains("direct"), "DirectWrite");
        turnOff(off, !happens.contains("change") || constants.get("LegsRead").equals("\"copied\""), "ChangeMemory");
        turnOff(off, !constants.get("LegsRead").equals("\"copied\""), "CopyPage");
        turnOff(off, !happens.contains("discard"), "Discard");
        turnOff(off, !happens.contains("free"), "FreeBlock", "Allocate", "Commit");
        turnOff(off, !happens.contains("logFlushFails"), "LogFlushFails");
        turnOff(off, !happens.contains("syncFails"), "SyncFails");
        turnOff(off, !happens.contains("flushFails"), "LegFlushFails");
        turnOff(off, !happens.contains("fail"), "LegFails", "LegReturns", "NoticeFailure");
        boolean legOut = happens.contains("fail") || happens.contains("flushFails") && !without.contains("FlushFailureHeeded");
        legOut |= happens.contains("absent");
        turnOff(off, !legOut, "Readmit");
        turnOff(off, !happens.contains("scrub"), "Suspect");
        turnOff(off, !happens.contains("replace"), "Replace");
        turnOff(off, !happens.contains("replace") || without.contains("BlankTold"), "DirtyAll");
        turnOff(off, !happens.contains("late"), "LateWrite");
        turnOff(off, !legOut && !without.contains("SourceFixed"), "RecordBegin", "RecordFailure");
        return off;
    }

    private static List<String> offByStoring(String storing, boolean together) {
        List<String> off = new ArrayList<>(switch (storing) {
            case "\"none\"" -> List.of("Store", "MarkPageDirty", "MarkFirst", "WriteBackClear", "CopyPage", "Submit", "WriteBack");
            case "\"mmap\"" -> List.of("MarkPageDirty", "MarkFirst");
            case "\"markStore\"" -> List.of("MarkPageDirty");
            default -> List.of("MarkFirst");
        });
        off.addAll(together ? List.of("WriteBackClear", "CopyPage", "Submit") : List.of("WriteBack"));
        return off;
    }

    private static List<String> offByPolicy(String cleanWhen) {
        return switch (cleanWhen) {
            case "\"unmount\"" -> List.of("Quiesce", "Nominate", "SyncBegin", "SyncEnd", "Compare");
            case "\"drained\"" -> List.of("Nominate", "SyncBegin", "SyncEnd", "Compare");
            case "\"compare\"" -> List.of("SyncBegin", "SyncEnd");
            default -> List.of("Compare");
        };
    }

    private static void turnOff(TreeSet<String> off, boolean when, String... actions) {
        if (when) {
            off.addAll(List.of(actions));
        }
    }

    @Test
    void everyPropertyIsViolatedBySomeModelAndHoldsInAnother() {
        List<String> properties = List.of("NoDesync", "NoDesyncOwned", "ReadStability", "NothingLost", "ReadsAgree",
                "Refinement", "QuietBecomesClean", "ResyncCompletes", "LooksTheSame", "OldOrNew", "NeverStale", "EachOldOrNew", "DirtyStays", "CrashHarmless", "StaleLegNotTrusted", "StaleLogNotTrusted",
                "MadeTwiceNotTrusted", "TakenOutNotTaken", "NewLegResynced", "LostLogHarmless");
        assertThat(pins.values().stream().filter(pin -> !pin.holds()).map(Pin::property).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(properties);
        assertThat(pins.values().stream().filter(Pin::holds).map(Pin::property).collect(Collectors.toSet()))
                .containsAll(properties);
    }

    @Test
    void everyPolicyIsJudgedUnderEveryCauseAndByEveryForm() {
        for (String policy : POLICIES.keySet()) {
            for (String cause : CAUSES.keySet()) {
                assertThat(pins).containsKey("MCMirror_" + policy + "_" + cause + "_NoDesync");
            }
            assertThat(pins).containsKeys("MCMirror_" + policy + "_Mmap_ReadStability", "MCHistory_" + policy + "_Direct_NothingLost",
                    "MCLiveness_" + policy + "_Plain_QuietBecomesClean");
            for (String property : List.of("TypeOK", "Refinement")) {
                assertThat(pins.values()).as(policy).anyMatch(pin -> pin.policy().equals(policy) && pin.property().equals(property));
            }
        }
    }

    @Test
    void everyAssumptionIsOffInSomeModelAndEverythingHappensInSome() throws IOException {
        TreeSet<String> off = new TreeSet<>();
        TreeSet<String> happening = new TreeSet<>();
        for (ModelName model : spec.models()) {
            if (!model.policy().isEmpty()) {
                Map<String, String> constants = constants(model.name());
                off.addAll(strings(constants.get("Off")));
                happening.addAll(strings(constants.get("Environment")));
            }
        }
        assertThat(off).isEqualTo(defined("Mirror", "Assumption"));
        assertThat(happening).isEqualTo(defined("Mirror", "Happening"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Generations", "TwoCopies", "OneCopy"})
    void everyAssumptionOfAModuleOfTheLogIsOffInSomeModel(String module) throws IOException {
        TreeSet<String> off = new TreeSet<>();
        spec.models().stream().filter(model -> model.module().equals("MC" + module)).forEach(model -> off.addAll(without(model.variant())));
        assertThat(off).isEqualTo(defined(module, "Assumption"));
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
