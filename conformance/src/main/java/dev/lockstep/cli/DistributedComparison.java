package dev.lockstep.cli;

import dev.lockstep.tlc.DistributedResult;
import dev.lockstep.tlc.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says in what a result of TLC's distributed mode is not as it was pinned, each in one sentence. Compared is what is the
 * same each time: the verdict and what is violated; and of a model that holds, how many states it has, and how many are
 * generated if that can be told. What a search has seen before it comes upon a violation is not.
 */
final class DistributedComparison {
    private DistributedComparison() {
    }

    static List<String> of(Pin pin, DistributedResult result) {
        boolean holds = result.verdict() == Verdict.HOLDS;
        List<String> sentences = new ArrayList<>();
        if (pin.holds() && !holds) {
            sentences.add(pin.name() + " was expected to hold, but " + result.violated().orElseThrow() + " is violated");
        } else if (!pin.holds() && holds) {
            sentences.add(pin.name() + " was expected to be violated, but " + pin.property() + " holds");
        } else if (holds) {
            compare(sentences, pin.name(), "distinct states", result.distinctStates(), pin.distinctStates());
            compare(sentences, pin.name(), "generated states", result.totalStates().orElse(pin.totalStates()),
                    pin.totalStates());
        } else if (!result.violated().orElseThrow().equals(pin.property())) {
            sentences.add(pin.name() + " was expected to violate " + pin.property() + ", but "
                    + result.violated().orElseThrow() + " is violated");
        }
        return List.copyOf(sentences);
    }

    private static void compare(List<String> sentences, String name, String what, long found, long expected) {
        if (found != expected) {
            sentences.add(String.format(Locale.ROOT, "%s has %,d %s, where %,d were expected", name, found, what,
                    expected));
        }
    }
}
