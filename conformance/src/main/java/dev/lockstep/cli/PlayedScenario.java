package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.scenario.Lanes;
import dev.lockstep.scenario.Move;
import dev.lockstep.scenario.Scenario;
import dev.lockstep.scenario.ScenarioRun;
import dev.lockstep.scenario.ScenarioRun.Outcome;
import dev.lockstep.scenario.ScenarioRun.PlayedStep;
import dev.lockstep.scenario.Sight;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Variables;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scenario, played: the body of {@code scenario.json}.
 *
 * @param scenario   its name
 * @param title      what it shows
 * @param runs       how it went under each policy
 * @param asExpected whether each went as it should
 * @param unexpected a sentence for each that did not
 */
record PlayedScenario(String scenario, String title, List<Run> runs, boolean asExpected, List<String> unexpected) {
    private static final int SHORT = 8;

    /** One policy's run, as it is kept. */
    record Run(String policy, List<String> lanes, List<Step> steps, Left outcome) {
    }

    /**
     * One step, as it is kept: of {@link PlayedStep} and {@link ToldStep} what a reader and a drawing need.
     */
    record Step(int number, String action, String actor, String meaning, List<String> seed, String method, String leg0, String leg1,
            String page, String state, String bit, boolean harm, List<String> kernel, List<Move> moves, List<Sight> shows,
            boolean crash) {
        static Step of(PlayedStep step, ToldStep told) {
            return new Step(step.number(), step.label().toString(), step.actor(), step.meaning(), step.seed(), step.method(),
                    step.legs().get(0), step.legs().get(1), step.page(), step.state(), step.bit(), step.harm(), told.kernel(),
                    told.moves(), told.shows(), told.crash());
        }
    }

    /** What was left, as it is kept. */
    record Left(boolean legsEqual, String bitAfterCrash, String leg0, String leg1, Integer differingOffset,
            int resyncedRegions, List<String> story, boolean twoFilesOneBlock) {
        static Left of(Outcome outcome) {
            return new Left(outcome.legsEqual(), outcome.bitAfterCrash(), outcome.leg0(), outcome.leg1(),
                    outcome.differingOffset() < 0 ? null : outcome.differingOffset(), outcome.resyncedRegions(),
                    sentences(outcome), outcome.twoFilesOneBlock());
        }
    }

    static PlayedScenario of(Scenario scenario, List<ScenarioRun> runs, Teller teller) {
        List<String> unexpected = runs.stream().filter(run -> !asExpected(run))
                .map(run -> run.policy() + ": " + String.join(" ", sentences(run.outcome()))).toList();
        return new PlayedScenario(scenario.name(), scenario.title(), runs.stream().map(run -> run(run, teller)).toList(),
                unexpected.isEmpty(), unexpected);
    }

    private static Run run(ScenarioRun run, Teller teller) {
        List<Map<String, Value>> states = run.steps().stream().map(PlayedScenario::state).toList();
        List<ToldStep> told = teller.tell(run.policy(), run.steps().stream().map(PlayedStep::label).toList(), states);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            steps.add(Step.of(run.steps().get(i), told.get(i)));
        }
        return new Run(run.policy(), Lanes.of(states.get(0)), steps, Left.of(run.outcome()));
    }

    private static Map<String, Value> state(PlayedStep step) {
        Map<String, Value> state = new TreeMap<>();
        Variables.of(Size.SMALLEST).forEach(variable -> state.put(variable.name(), variable.decode(step.codes().get(variable.name()))));
        return state;
    }

    /** Under Original the story has to end as the mail says; under every other policy, with equal legs. */
    private static boolean asExpected(ScenarioRun run) {
        Outcome outcome = run.outcome();
        return run.policy().equals(Policy.ORIGINAL.name())
                ? !outcome.legsEqual() && outcome.bitAfterCrash().equals("clean") && outcome.twoFilesOneBlock()
                : outcome.legsEqual() && !outcome.twoFilesOneBlock();
    }

    /** What was left, in sentences. */
    static List<String> sentences(Outcome outcome) {
        List<String> story = new ArrayList<>();
        story.add("The volume came up with the region's bit " + outcome.bitAfterCrash() + ", and "
                + (outcome.resyncedRegions() == 0 ? "nothing was resynced." : "the region was resynced."));
        story.add(outcome.fsckSawIt() ? "fsck read from the first leg that block " + outcome.ownedByA()
                + " has an owner, and wrote nothing."
                : "fsck read from the first leg that block " + outcome.ownedByA() + " has no owner: the allocation was lost with "
                + "the memory, on both legs alike, and fsck mends that.");
        story.add("The first leg is removed. " + (outcome.twoFilesOneBlock()
                ? "The allocator reads the bitmap from the second leg and hands out block " + outcome.handedOut()
                + ", which already belongs to file A: two files, one block."
                : outcome.fsckSawIt() ? "The allocator reads the bitmap from the second leg and hands out block "
                + outcome.handedOut() + ", which is free." : "The second leg says the same."));
        return story;
    }

    /** Returns it for a reader: a line a step, with the bytes, under each policy. */
    String text() {
        StringBuilder text = new StringBuilder(scenario + ": " + title + "\n");
        for (Run run : runs) {
            text.append("\n").append(run.policy()).append("\n");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("step", "action", "who", "leg 0", "leg 1", "page", "region", "bit", "what it means"));
            for (Step step : run.steps()) {
                rows.add(List.of("" + step.number(), step.action(), step.actor(), begin(step.leg0()), begin(step.leg1()),
                        begin(step.page()), step.state() == null ? "-" : step.state(), step.bit(),
                        (step.harm() ? "HARM: " : "") + step.meaning()));
            }
            text.append(new Columns(rows).text(0, 0));
            Left left = run.outcome();
            text.append("  leg 0  ").append(left.leg0()).append("\n  leg 1  ").append(left.leg1()).append(left.legsEqual()
                    ? "\n  the legs are equal\n" : "\n  the legs differ from byte " + left.differingOffset() + " on\n");
            left.story().forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        }
        return text.toString();
    }

    private static String begin(String hex) {
        return hex == null ? "-" : hex.substring(0, SHORT);
    }
}
