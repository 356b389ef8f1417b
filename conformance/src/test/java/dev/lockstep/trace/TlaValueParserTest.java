package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlaValueParserTest {
    private static final Pattern TOKEN =
            Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|-?\\w+|<<|>>|:>|@@|\\|->|[\\[\\](){},]", Pattern.DOTALL);

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250102", tries = 1000)
    void readsWhatValuesPrint(@ForAll("values") Value value) {
        assertThat(TlaValueParser.parse(value.toString())).isEqualTo(value);
    }

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250103", tries = 300)
    void whiteSpaceBetweenTokensDoesNotMatter(@ForAll("values") Value value) {
        String spaced = TOKEN.matcher(value.toString())
                .replaceAll(token -> Matcher.quoteReplacement(token.group() + "\r\n\t"));
        assertThat(TlaValueParser.parse("\n" + spaced)).isEqualTo(value);
    }

    @Test
    void readsWhatTlcPrintsOverSeveralLines() {
        String text = """
                ( 0 :>
                      [ now |-> 0,
                        may |-> {0,
                                 -1} ]
                  @@
                  1 :> << >> )
                """;
        Value page = Value.record(Map.of("now", Value.of(0), "may", Value.set(Value.of(0), Value.of(-1))));
        assertThat(TlaValueParser.parse(text))
                .isEqualTo(Value.function(Map.of(Value.of(0), page, Value.of(1), Value.tuple())));
    }

    @Test
    void readsFormsThatHaveAnotherNormalForm() {
        assertThat(TlaValueParser.parse("(1 :> \"a\" @@ 2 :> \"b\")")).hasToString("<<\"a\", \"b\">>");
        assertThat(TlaValueParser.parse("(\"a\" :> 1)")).hasToString("[a |-> 1]");
        assertThat(TlaValueParser.parse("{2, 1, 2}")).hasToString("{1, 2}");
        assertThat(TlaValueParser.parse("1..3")).hasToString("{1, 2, 3}");
        assertThat(TlaValueParser.parse("-1..0")).hasToString("{-1, 0}");
        assertThat(TlaValueParser.parse("3..1")).hasToString("{}");
        assertThat(TlaValueParser.parse("[ ]")).hasToString("<<>>");
        assertThat(TlaValueParser.parse("1st")).isEqualTo(Value.model("1st"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "''~line 1, column 1: expected a value, found the end of the text",
        "{1, }~line 1, column 5: expected a value, found \"}\"",
        "{1 2}~line 1, column 4: expected \",\" or \"}\", found \"2\"",
        "<<1, 2>~line 1, column 7: expected \",\" or \">>\", found \">\"",
        "<1>~line 1, column 1: expected \"<<\", found \"<\"",
        "[a = 1]~line 1, column 4: expected \"|->\", found \"=\"",
        "[1 |-> 1]~line 1, column 2: expected a field name, found \"1\"",
        "[a |-> 1~line 1, column 9: expected \",\" or \"]\", found the end of the text",
        "(0 : 1)~line 1, column 4: expected \":>\", found \":\"",
        "(0 :> 1~line 1, column 8: expected \"@@\" or \")\", found the end of the text",
        "1 2~line 1, column 3: expected the end of the value, found \"2\"",
        "-~line 1, column 2: expected a digit, found the end of the text",
        "99999999999999999999~line 1, column 1: expected an integer of at most 64 bits, found \"9\"",
        "0..99999999~line 1, column 4: expected an interval of at most 1000000 numbers, found \"9\"",
        "\"a\\z\"~line 1, column 4: expected one of n t r f \" \\ after a backslash, found \"z\"",
        "\"a~line 1, column 3: expected a closing quote, found the end of the text",
    })
    void namesThePlaceAndWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> TlaValueParser.parse(text)).isInstanceOf(FormatException.class).hasMessage(message);
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> TlaValueParser.parse("{1,\n  ?}"))
                .hasMessage("line 2, column 3: expected a value, found \"?\"");
    }

    @Test
    void refusesAnArgumentThatOccursTwice() {
        assertThatThrownBy(() -> TlaValueParser.parse("(0 :> 1 @@ 0 :> 2)"))
                .isInstanceOf(FormatException.class).hasMessageContaining("0 occurs twice");
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        assertThatThrownBy(() -> TlaValueParser.parse("{".repeat(100_000)))
                .isInstanceOf(FormatException.class).hasMessageContaining("nested at most 500 deep");
    }

    @Provide
    Arbitrary<Value> values() {
        return Values.any();
    }
}
