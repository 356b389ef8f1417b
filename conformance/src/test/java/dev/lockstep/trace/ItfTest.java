package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItfTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250104", tries = 1000)
    void readsBackWhatItWrites(@ForAll("values") Value value) throws JsonProcessingException {
        assertThat(Itf.fromJson(mapper.readTree(Itf.toJson(value).toString()), "here")).isEqualTo(value);
    }

    @Test
    void writesTheFormsOfAdr015() {
        Value record = Value.record(Map.of("now", Value.of(1), "may", Value.set(Value.of(0), Value.of(1))));
        assertThat(Itf.toJson(record)).hasToString("{\"may\":{\"#set\":[0,1]},\"now\":1}");
        assertThat(Itf.toJson(Value.tuple(Value.of(true), Value.of("a")))).hasToString("{\"#tup\":[true,\"a\"]}");
        Value function = Value.function(Map.of(Value.of(0), Value.of("a")));
        assertThat(Itf.toJson(function)).hasToString("{\"#map\":[[0,\"a\"]]}");
        assertThat(Itf.toJson(Value.record(Map.of("#set", Value.of(1))))).hasToString("{\"#map\":[[\"#set\",1]]}");
        assertThat(Itf.toJson(Value.model("m1"))).hasToString("{\"#unserializable\":\"m1\"}");
    }

    @Test
    void readsOtherFormsOfApalache() throws JsonProcessingException {
        assertThat(Itf.fromJson(mapper.readTree("{\"#bigint\":\"-12\"}"), "x")).isEqualTo(Value.of(-12));
        assertThat(Itf.fromJson(mapper.readTree("[1,2]"), "x")).isEqualTo(Value.tuple(Value.of(1), Value.of(2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "1.5~v: expected a value in ITF (64-bit integer, string, Boolean, array or object), found 1.5",
        "null~v: expected a value in ITF (64-bit integer, string, Boolean, array or object), found null",
        "{\"a\": [1, null]}~"
                + "v.a[1]: expected a value in ITF (64-bit integer, string, Boolean, array or object), found null",
        "{\"#set\": 1}~v.#set: expected an array, found 1",
        "{\"#map\": [[1]]}~v.#map[0]: expected a pair of argument and result, found [1]",
        "{\"#map\": [[0, 1], [0, 2]]}~v.#map[1]: expected an argument that did not occur before, found 0",
        "{\"#bigint\": \"x\"}~v.#bigint: expected a 64-bit integer as a string, found \"x\"",
        "{\"#bag\": []}~v: expected one of #set, #tup, #map, #bigint, #unserializable, found \"#bag\"",
        "{\"#set\": [], \"a\": 1}~v: expected an identifier as name of a field, found \"#set\"",
        "{\"#unserializable\": \"1 + 1\"}~v.#unserializable: expected the name of a model value, found \"1 + 1\"",
    })
    void namesThePlaceAndWhatWasExpected(String text, String message) throws JsonProcessingException {
        JsonNode json = mapper.readTree(text);
        assertThatThrownBy(() -> Itf.fromJson(json, "v")).isInstanceOf(FormatException.class).hasMessage(message);
    }

    @Provide
    Arbitrary<Value> values() {
        return Values.any();
    }
}
