package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.AdapterException;
import dev.lockstep.sut.Adapter;
import dev.lockstep.sut.Kit;
import dev.lockstep.sut.RigFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The protocol's test kit on a mirror of somebody's, and how it is told. */
final class SutKit {
    private SutKit() {
    }

    /**
     * The result, as it is kept.
     *
     * @param checks the steps of the story, up to the first of which something is not right
     */
    record Result(List<Kit.Check> checks) {
    }

    /** Tries a mirror in a folder of its own in this one. */
    static VerbResult run(SutCommand sut, Policy policy, Path folder) throws IOException {
        Adapter adapter;
        try {
            adapter = sut.start(Kit.SIZE, policy);
        } catch (AdapterException e) {
            Kit.Check hello = new Kit.Check("hello", List.of(), e.expected(), e.observed(), false);
            return refused(List.of(hello), text(List.of(hello)));
        }
        List<Kit.Check> checks = new ArrayList<>(List.of(new Kit.Check("hello", List.of(), "", "", true)));
        try (RigFolder files = RigFolder.in(folder, "lockstep-kit-"); Kit kit = new Kit(files.path(), policy, adapter)) {
            checks.addAll(kit.run());
        } finally {
            adapter.close();
        }
        boolean right = checks.stream().allMatch(Kit.Check::right);
        return right ? VerbResult.of(Ending.AS_EXPECTED, new Result(checks), text(checks)).in("kit") : refused(checks, text(checks));
    }

    /** What a mirror came to that does not do what it has to. */
    static VerbResult refused(List<Kit.Check> checks, String text) {
        return VerbResult.of(Ending.FINDING, new Result(checks), text).in("kit");
    }

    private static String text(List<Kit.Check> checks) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Kit.Check check : checks) {
            number++;
            text.append(String.format("%3d  %-5s  %s%n", number, check.right() ? "right" : "WRONG", check.name()));
            if (!check.right()) {
                check.sent().forEach(line -> text.append("     sent      ").append(line).append('\n'));
                text.append("     expected  ").append(check.expected()).append("\n     got       ").append(check.got()).append('\n');
            }
        }
        boolean right = checks.stream().allMatch(Kit.Check::right);
        return text.append(right ? number + " steps, each as it has to be; now replay it\n" : "stopped at step " + number + "\n").toString();
    }
}
