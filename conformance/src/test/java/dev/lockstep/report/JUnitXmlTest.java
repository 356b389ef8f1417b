package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitXmlTest {
    @TempDir
    Path folder;

    @Test
    void hasACaseForEachVerdictPolicyRunAndTier() throws Exception {
        Document xml = parse(JUnitXml.render(new Sample().in(folder)));
        assertThat(names(xml, "testcase")).containsExactly(
                "lockstep.check MCMirror_Original_Mmap_NoDesync",
                "lockstep.check MCMirror_MaybeDirty_Mmap_NoDesync",
                "lockstep.check MCMirror_MaybeDirty_StoreMark_NoDesync",
                "lockstep.replay Original", "lockstep.replay MaybeDirty",
                "lockstep.scenario ext2-bitmap Original", "lockstep.scenario ext2-bitmap MaybeDirty",
                "lockstep.kill Original", "lockstep.kill MaybeDirty", "lockstep.enumerate Original",
                "lockstep.enumerate MaybeDirty", "lockstep.tier check", "lockstep.tier scenario", "lockstep.tier replay", "lockstep.tier mutants",
                "lockstep.tier validate", "lockstep.tier kill", "lockstep.tier enumerate", "lockstep.tier flakey",
                "lockstep.tier kernel");
        assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
    }

    @Test
    void whatDidNotRunIsSkippedWithWhy() throws Exception {
        Document xml = parse(JUnitXml.render(new Sample().without("replay").in(folder)));
        assertThat(messages(xml, "skipped")).contains("NOT RUN. No guest could be booted here.",
                "NOT RUN. There is no replay.json in the folder.").hasSize(5);
        assertThat(suite(xml, "lockstep.tier").getAttribute("skipped")).isEqualTo("5");
    }

    @Test
    void aFindingIsAFailureOfItsCaseAndOfItsTier() throws Exception {
        Document xml = parse(JUnitXml.render(new Sample()
                .result("check", "\"verdict\": \"holds\"", "\"verdict\": \"violated\"")
                .result("scenario", "\"unexpected\": []", "\"unexpected\": [\"Under MaybeDirty the legs differ.\"]")
                .in(folder)));
        String verdict = "The model MCMirror_MaybeDirty_Mmap_NoDesync was expected to end in holds, and ended in "
                + "violated.";
        assertThat(messages(xml, "failure")).containsExactly(verdict, "Under MaybeDirty the legs differ.", verdict,
                "Under MaybeDirty the legs differ.");
        assertThat(suite(xml, "lockstep.check").getAttribute("failures")).isEqualTo("1");
        assertThat(suite(xml, "lockstep.scenario").getAttribute("failures")).isEqualTo("1");
        assertThat(suite(xml, "lockstep.tier").getAttribute("failures")).isEqualTo("2");
    }

    @Test
    void eachTierOfCrashesIsASuiteAndItsFailuresAreFailures() throws Exception {
        Document xml = parse(JUnitXml.render(new Sample().with("kernel")
                .result("kernel", "\"figures\": {}, \"failures\": []", "\"figures\": {}, \"failures\": [\"region 3 is dirty\"]")
                .result("kill", "\"in recovery\": 19}, \"failures\": []",
                        "\"in recovery\": 19}, \"failures\": [\"block 7 is lost\"]").in(folder)));
        assertThat(messages(xml, "failure")).containsExactly("MaybeDirty: block 7 is lost", "ours to dm-mirror: region 3 is dirty",
                "MaybeDirty: block 7 is lost", "ours to dm-mirror: region 3 is dirty");
        assertThat(suite(xml, "lockstep.kill").getAttribute("failures")).isEqualTo("1");
        assertThat(suite(xml, "lockstep.enumerate").getAttribute("failures")).isEqualTo("0");
        assertThat(suite(xml, "lockstep.kernel").getAttribute("tests")).isEqualTo("2");
    }

    @Test
    void whatXmlCannotHoldIsReplaced() throws Exception {
        Document xml = parse(JUnitXml.render(new Sample()
                .result("audit", "No guest", "<b>&\\u0001 \\\"No guest").in(folder)));
        assertThat(messages(xml, "skipped")).contains("NOT RUN. <b>&\uFFFD \"No guest could be booted here.");
    }

    @Test
    void sameResultsGiveTheSameBytes() throws IOException {
        Path file = JUnitXml.write(new Sample().in(folder), folder.resolve("junit.xml"));
        assertThat(Files.readString(file)).isEqualTo(JUnitXml.render(new Sample().in(folder)))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").endsWith("</testsuites>\n");
    }

    private static Document parse(String xml) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> names(Document xml, String tag) {
        return elements(xml, tag).stream()
                .map(element -> element.getAttribute("classname") + " " + element.getAttribute("name")).toList();
    }

    private static List<String> messages(Document xml, String tag) {
        return elements(xml, tag).stream().map(element -> element.getAttribute("message")).toList();
    }

    private static Element suite(Document xml, String name) {
        return elements(xml, "testsuite").stream().filter(suite -> suite.getAttribute("name").equals(name)).findFirst()
                .orElseThrow();
    }

    private static List<Element> elements(Document xml, String tag) {
        NodeList nodes = xml.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
