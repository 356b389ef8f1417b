package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;

/** What the mirror's packages may use. */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_USE_WHAT_THE_DESIGN_LETS_THEM = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("region").definedBy("dev.lockstep.region..")
            .layer("store").definedBy("dev.lockstep.store..")
            .layer("log").definedBy("dev.lockstep.log..")
            .layer("volume").definedBy("dev.lockstep.volume..")
            .layer("cache").definedBy("dev.lockstep.cache..")
            .whereLayer("region").mayOnlyBeAccessedByLayers("volume", "cache")
            .whereLayer("store").mayOnlyBeAccessedByLayers("log", "volume")
            .whereLayer("log").mayOnlyBeAccessedByLayers("volume")
            .whereLayer("volume").mayOnlyBeAccessedByLayers("cache")
            .whereLayer("cache").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_PACKAGES_GO_ROUND_IN_A_CIRCLE = slices().matching("dev.lockstep.(*)..").should().beFreeOfCycles();

    /** By what it is given, and by nothing else, the region machine decides: so a replay can repeat it. */
    @ArchTest
    static final ArchRule THE_REGION_MACHINE_REACHES_NO_IO_NO_THREAD_AND_NO_CLOCK = noClasses().that().resideInAPackage("dev.lockstep.region..")
            .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..",
                    "java.util.concurrent..", "org.slf4j..")
            .orShould().dependOnClassesThat().areAssignableTo(Thread.class)
            .orShould().dependOnClassesThat().areAssignableTo(Random.class)
            .orShould().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Object.class, "wait")
            .orShould().callMethod(Object.class, "notifyAll");

    @ArchTest
    static final ArchRule NOTHING_BUT_THE_JDK_AND_SLF4J_IS_NEEDED = classes().should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.slf4j", "dev.lockstep..");

    @ArchTest
    static final ArchRule NO_STATE_IS_STATIC_AND_MUTABLE = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule NOTHING_PRINTS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NOTHING_LOGS_PAST_SLF4J = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
