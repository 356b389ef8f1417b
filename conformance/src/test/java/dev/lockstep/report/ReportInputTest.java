package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportInputTest {
    @TempDir
    Path folder;

    @Test
    void refusesAFolderThatIsNotThere() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ReportInput.read(missing, Sample.PRODUCT)).isInstanceOf(ReportException.class)
                .hasMessage(missing + ": expected a folder of results, but there is none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "check | \"unexpected\": 0 | \"unexpected\": -0.5 | unexpected: expected a whole number, found -0.5",
        "check | \"verdict\": \"holds\" | \"verdict\": 1 | models[1]: verdict: expected a string, found 1",
        "replay | \"covered\": 1000, | '' | policies[0]: covered: expected a whole number, found nothing",
        "replay | \"stepsPerEdge\": 1.3 | \"stepsPerEdge\": \"x\" | policies[0]: stepsPerEdge: expected a number,"
                + " found \"x\"",
        "scenario | \"harm\": true | \"harm\": null | runs[0]: steps[1]: harm: expected true or false, found null",
        "scenario | \"ff1f0000\", \"leg1\" | \"ff1f000\", \"leg1\" | runs[0]: steps[2]: leg0: expected bytes in hex,"
                + " found \"ff1f000\"",
        "kill | \"desyncs\": 3 | \"desyncs\": \"3\" | runs[0]: desyncs: expected a whole number, found \"3\"",
        "kill | \"examples\": []} | \"examples\": null} | runs[1]: examples: expected an array, found null",
        "kill | \"begun\": 684045, | '' | runs[0]: examples[0]: spans[4]: begun: expected a whole number, found nothing",
        "audit | \"tiers\": [ | \"tears\": [ | tiers: expected an array, found nothing",
    })
    void namesTheFileThePlaceAndWhatWasExpected(String result, String now, String then, String complaint) {
        Sample sample = new Sample().result(result, now, then);
        assertThatThrownBy(() -> sample.in(folder)).isInstanceOf(ReportException.class)
                .hasMessage(folder.resolve(result + ".json") + ": " + complaint);
    }

    @Test
    void refusesWhatIsNotJson() {
        Sample sample = new Sample().result("check", "\"verb\"", "verb");
        assertThatThrownBy(() -> sample.in(folder)).isInstanceOf(ReportException.class)
                .hasMessageStartingWith(folder.resolve("check.json") + ": expected JSON, but ");
    }
}
