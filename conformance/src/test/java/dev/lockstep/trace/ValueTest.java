package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ValueTest {
    private static final Value A = Value.of("a");
    private static final Value B = Value.of("b");

    @Test
    void printsAsTlaPlus() {
        assertThat(Value.of(true)).hasToString("TRUE");
        assertThat(Value.of(-7)).hasToString("-7");
        assertThat(Value.of("say \"x\\y\"\n")).hasToString("\"say \\\"x\\\\y\\\"\\n\"");
        assertThat(Value.model("m1")).hasToString("m1");
        assertThat(Value.set(Value.of(2), Value.of(1))).hasToString("{1, 2}");
        assertThat(Value.tuple(Value.of(2), A)).hasToString("<<2, \"a\">>");
        assertThat(Value.function(Map.of(Value.of(1), B, Value.of(0), A))).hasToString("(0 :> \"a\" @@ 1 :> \"b\")");
        assertThat(Value.record(Map.of("now", Value.of(0), "may", Value.set(Value.of(0)))))
                .hasToString("[may |-> {0}, now |-> 0]");
        assertThat(Value.record(Map.of("not a name", A))).hasToString("(\"not a name\" :> \"a\")");
    }

    @Test
    void aFunctionOnOneToNIsATuple() {
        assertThat(Value.function(Map.of(Value.of(2), B, Value.of(1), A))).isEqualTo(Value.tuple(A, B));
        assertThat(Value.function(Map.of(Value.of(2), B))).isInstanceOf(FunctionValue.class);
        assertThat(Value.function(Map.of(Value.of(1), A, Value.of(3), A))).isInstanceOf(FunctionValue.class);
        assertThat(Value.function(Map.of(Value.of(1), A, B, A))).isInstanceOf(FunctionValue.class);
    }

    @Test
    void aFunctionOnStringsIsARecord() {
        assertThat(Value.function(Map.of(A, Value.of(1)))).isEqualTo(Value.record(Map.of("a", Value.of(1))));
    }

    @Test
    void theEmptyFunctionRecordAndTupleAreOneValue() {
        assertThat(Value.function(Map.of())).isEqualTo(Value.tuple()).isEqualTo(Value.record(Map.of()));
        assertThat(Value.set()).isNotEqualTo(Value.tuple());
    }

    @Test
    void constructorsRefuseASecondFormOfAValue() {
        Map<Value, Value> sequence = Map.of(Value.of(1), A);
        assertThatThrownBy(() -> new FunctionValue(sequence)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FunctionValue(Map.of(A, A))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecordValue(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ModelValue("TRUE")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ModelValue("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kindsAreOrderedBeforeContents() {
        List<Value> ascending = List.of(Value.of(false), Value.of(true), Value.of(-1), Value.of(5), A, B,
                Value.model("a"), Value.set(), Value.set(B), Value.set(A, B), Value.tuple(), Value.tuple(A),
                Value.function(Map.of(Value.of(0), A)), Value.record(Map.of("a", A)), Value.record(Map.of("a", B)));
        List<Value> shuffled = new ArrayList<>(ascending);
        Collections.reverse(shuffled);
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(ascending);
    }

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250101", tries = 500)
    void orderIsTotalAndAgreesWithEquality(
            @ForAll("values") Value a, @ForAll("values") Value b, @ForAll("values") Value c) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        List<Value> sorted = new ArrayList<>(List.of(a, b, c));
        Collections.sort(sorted);
        assertThat(sorted.get(0).compareTo(sorted.get(2))).isLessThanOrEqualTo(0);
        assertThat(Value.set(a, b, c)).isEqualTo(Value.set(c, b, a, a)).hasSameHashCodeAs(Value.set(b, a, c));
    }

    @Provide
    Arbitrary<Value> values() {
        return Values.any();
    }
}
