package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.trace.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecTest {

    /** A codec and a code of one of its values. */
    private record Coded(Codec codec, long code) {
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCodeGivesAValueThatGivesTheCode(@ForAll("coded") Coded coded) {
        Value value = coded.codec.decode(coded.code);
        assertThat(coded.codec.encode(value)).as(value.toString()).isEqualTo(coded.code);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCodeHasNoMoreBitsThanItSays(@ForAll("coded") Coded coded) {
        assertThat(coded.codec.encode(coded.codec.decode(coded.code)) & ~Codec.mask(coded.codec.bits())).isZero();
    }

    @Provide
    Arbitrary<Coded> coded() {
        return codec(3)
                .flatMap(codec -> Arbitraries.longs().map(bits -> new Coded(codec, bits & Codec.mask(codec.bits()))));
    }

    private static Arbitrary<Codec> codec(int depth) {
        Arbitrary<Codec> simple = Arbitraries.oneOf(Arbitraries.just(Codec.bool()),
                Arbitraries.of(1, 2, 4, 8).map(size -> Codec.oneOf(List.of("a", "b", "c", "d", "e", "f", "g", "h").subList(0, size))),
                Combinators.combine(Arbitraries.integers().between(-3, 3), Arbitraries.integers().between(0, 5)).as(Codec::integer));
        if (depth == 0) {
            return simple;
        }
        Arbitrary<Codec> inner = codec(depth - 1);
        return Arbitraries.oneOf(simple,
                inner.filter(codec -> codec.bits() <= 4).map(codec -> Codec.setOf(codec, 1 << codec.bits())),
                inner.filter(codec -> codec.bits() <= 20)
                        .flatMap(codec -> Arbitraries.integers().between(2, 3).map(size -> Codec.function(size, codec))),
                inner.filter(codec -> codec.bits() <= 20).list().ofMinSize(1).ofMaxSize(3).map(CodecTest::record));
    }

    private static Codec record(List<Codec> fields) {
        Map<String, Codec> named = new LinkedHashMap<>();
        fields.forEach(field -> named.put("z" + (9 - named.size()), field));
        return Codec.record(named);
    }

    @Example
    void theFirstFieldNamedIsLowest() {
        Map<String, Codec> fields = new LinkedHashMap<>();
        fields.put("b", Codec.integer(0, 2));
        fields.put("a", Codec.bool());
        Codec codec = Codec.record(fields);
        assertThat(codec.bits()).isEqualTo(3);
        assertThat(codec.encode(Value.record(Map.of("b", Value.of(2), "a", Value.of(true))))).isEqualTo(0b110);
    }

    @Example
    void theValueAtZeroIsLowest() {
        Codec codec = Codec.function(2, Codec.integer(-1, 2));
        assertThat(codec.encode(Value.function(Map.of(Value.of(0), Value.of(-1), Value.of(1), Value.of(1))))).isEqualTo(0b1000);
    }

    @Example
    void aNameThatIsNoneOfThoseKnownIsRefusedAndAnObservedCodeThatIsNoneIsShown() {
        Codec codec = Codec.oneOf(List.of("free", "cleared", "parked"));
        assertThatThrownBy(() -> codec.encode(Value.of("taken"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"taken\" is none of [free, cleared, parked]");
        assertThat(codec.decode(3)).isEqualTo(Value.of("none of [free, cleared, parked]"));
    }

    @Example
    void whatDoesNotFitALongIsRefused() {
        assertThatThrownBy(() -> Codec.function(3, Codec.integer(0, 22))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value of 66 bits does not fit a long");
    }
}
