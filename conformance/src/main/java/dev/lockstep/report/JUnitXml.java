package dev.lockstep.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The results as JUnit XML, for build servers: a test case for each verdict, each replayed policy, each run of the
 * scenario, each policy or experiment of a tier of crashes, and each tier. A finding is a failure with its sentence; a tier that did not run is skipped, with why. A
 * violation that was expected is no failure. Stateless and thread-safe.
 */
public final class JUnitXml {
    /** A test case; seconds as far as they are known. */
    private record Case(String name, OptionalDouble seconds, List<String> failures, Optional<String> skipped) {
    }

    private JUnitXml() {
    }

    /** Returns the XML: the same input gives the same text. */
    public static String render(ReportInput input) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "lockstep");
            suites(xml, input.results());
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
        return out.toString();
    }

    /**
     * Writes the XML to a file, replacing what is there.
     *
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path write(ReportInput input, Path file) throws IOException {
        return Files.writeString(file, render(input));
    }

    private static void suites(XMLStreamWriter xml, Results results) throws XMLStreamException {
        List<Finding> findings = Finding.of(results);
        if (results.check().isPresent()) {
            suite(xml, "check", results.check().get().models().stream()
                    .map(model -> new Case(model.name(), OptionalDouble.of(model.seconds()),
                            sentences(findings, "check", model.name()), Optional.empty())).toList());
        }
        if (results.replay().isPresent()) {
            suite(xml, "replay", results.replay().get().policies().stream()
                    .map(policy -> new Case(policy.policy(), OptionalDouble.of(policy.replaySeconds()),
                            sentences(findings, "replay", policy.policy()), Optional.empty())).toList());
        }
        if (results.scenario().isPresent()) {
            String scenario = results.scenario().get().scenario();
            suite(xml, "scenario", results.scenario().get().runs().stream()
                    .map(run -> new Case(scenario + " " + run.policy(), OptionalDouble.empty(),
                            sentences(findings, "scenario", run.policy()), Optional.empty())).toList());
        }
        for (Map.Entry<String, CrashResult> crash : results.crashes().entrySet()) {
            suite(xml, crash.getKey(), crash.getValue().runs().stream()
                    .map(run -> new Case(run.policy(), OptionalDouble.empty(),
                            sentences(findings, crash.getKey(), run.policy()), Optional.empty())).toList());
        }
        suite(xml, "tier", results.tiers().stream().map(tier -> tier(findings, tier)).toList());
    }

    private static Case tier(List<Finding> findings, Tier tier) {
        List<String> failures = new ArrayList<>();
        if (tier.finding()) {
            findings.stream().filter(finding -> finding.tier().equals(tier.name())).map(Finding::sentence)
                    .forEach(failures::add);
        }
        return new Case(tier.name(), OptionalDouble.empty(), failures,
                tier.notRun() ? Optional.of("NOT RUN. " + tier.why()) : Optional.empty());
    }

    /** Returns what was found of a subject; what is about no one subject counts for each. */
    private static List<String> sentences(List<Finding> findings, String tier, String subject) {
        return findings.stream()
                .filter(finding -> finding.tier().equals(tier))
                .filter(finding -> finding.subject().equals(subject) || finding.subject().isEmpty())
                .map(Finding::sentence).toList();
    }

    private static void suite(XMLStreamWriter xml, String name, List<Case> cases) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "lockstep." + name);
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases.stream().filter(one -> !one.failures().isEmpty()).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", count(cases.stream().filter(one -> one.skipped().isPresent()).count()));
        for (Case one : cases) {
            testCase(xml, name, one);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, String suite, Case one) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "lockstep." + suite);
        xml.writeAttribute("name", legal(one.name()));
        if (one.seconds().isPresent()) {
            xml.writeAttribute("time", Double.toString(one.seconds().getAsDouble()));
        }
        if (one.skipped().isPresent()) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", legal(one.skipped().get().strip()));
        } else if (!one.failures().isEmpty()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", legal(one.failures().get(0)));
            xml.writeCharacters(one.failures().stream().map(JUnitXml::legal).collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(long number) {
        return Long.toString(number);
    }

    /** Replaces what XML cannot hold, not even escaped. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
