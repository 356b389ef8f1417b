package dev.lockstep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the packages of the conformance suite may use. */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] IMPL = {"dev.lockstep.region..", "dev.lockstep.store..", "dev.lockstep.log..", "dev.lockstep.volume..",
        "dev.lockstep.cache.."};

    @ArchTest
    static final ArchRule PACKAGES_USE_WHAT_THE_DESIGN_LETS_THEM = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("impl").definedBy(IMPL)
            .layer("trace").definedBy("dev.lockstep.trace..")
            .layer("tlc").definedBy("dev.lockstep.tlc..")
            .layer("suite").definedBy("dev.lockstep.suite..")
            .layer("coverage").definedBy("dev.lockstep.coverage..")
            .layer("sut").definedBy("dev.lockstep.sut..")
            .layer("replay").definedBy("dev.lockstep.replay..")
            .layer("validate").definedBy("dev.lockstep.validate..")
            .layer("scenario").definedBy("dev.lockstep.scenario..")
            .layer("guest").definedBy("dev.lockstep.guest..")
            .layer("crash").definedBy("dev.lockstep.crash..")
            .layer("bench").definedBy("dev.lockstep.bench..")
            .layer("mutants").definedBy("dev.lockstep.mutants..")
            .layer("report").definedBy("dev.lockstep.report..")
            .layer("cli").definedBy("dev.lockstep.cli..")
            .whereLayer("impl").mayOnlyBeAccessedByLayers("sut", "validate", "crash", "scenario", "bench", "cli")
            .whereLayer("trace").mayOnlyBeAccessedByLayers("tlc", "suite", "coverage", "sut", "replay", "validate", "scenario", "mutants", "cli")
            .whereLayer("tlc").mayOnlyBeAccessedByLayers("validate", "scenario", "mutants", "cli")
            .whereLayer("suite").mayOnlyBeAccessedByLayers("mutants", "cli")
            .whereLayer("coverage").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("sut").mayOnlyBeAccessedByLayers("replay", "validate", "scenario", "crash", "bench", "cli")
            .whereLayer("replay").mayOnlyBeAccessedByLayers("scenario", "mutants", "cli")
            .whereLayer("validate").mayOnlyBeAccessedByLayers("crash", "mutants", "cli")
            .whereLayer("scenario").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("guest").mayOnlyBeAccessedByLayers("crash")
            .whereLayer("crash").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("bench").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("mutants").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("report").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_PACKAGES_GO_ROUND_IN_A_CIRCLE = slices().matching("dev.lockstep.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_MIRROR_DOES_NOT_SEE_ITS_EXAMINER = noClasses().that().resideInAnyPackage(IMPL)
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", "org.slf4j", "dev.lockstep.region..", "dev.lockstep.store..",
                    "dev.lockstep.log..", "dev.lockstep.volume..", "dev.lockstep.cache..");

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_USES_TLC = noClasses().that().resideOutsideOfPackage("dev.lockstep.tlc..")
            .should().dependOnClassesThat().resideInAnyPackage("tlc2..", "tla2sany..", "util", "pcal..");

    /** The report is made from what the verbs have written, as anybody could make another. */
    @ArchTest
    static final ArchRule THE_REPORT_READS_RESULTS_ONLY = noClasses().that().resideInAPackage("dev.lockstep.report..")
            .should().dependOnClassesThat(resideInAPackage("dev.lockstep..").and(not(resideInAPackage("dev.lockstep.report.."))));

    /** Beside the CLI print only programs of their own: those that run in another process, and tell it what they see. */
    @ArchTest
    static final ArchRule ONLY_THE_CLI_PRINTS = noClasses()
            .that().resideOutsideOfPackages("dev.lockstep.cli..", "dev.lockstep.crash.inside..", "dev.lockstep.tlc.inside..",
                    "dev.lockstep.bench.inside..")
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule NO_STATE_IS_STATIC_AND_MUTABLE = fields().that().areStatic().should().beFinal();
}
