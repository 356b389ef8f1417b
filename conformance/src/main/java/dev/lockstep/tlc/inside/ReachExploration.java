package dev.lockstep.tlc.inside;

import dev.lockstep.tlc.Course;
import dev.lockstep.tlc.Reach;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.tool.ModelChecker;
import tlc2.tool.impl.FastTool;

/**
 * Lets TLC visit the states of a model with one worker, the furthest first, until the end of every way is reached or there are no more.
 */
public final class ReachExploration implements Callable<Reach> {
    private final Path spec;
    private final String module;
    private final String configuration;
    private final Path states;
    private final Path temporary;
    private final PrintStream output;
    private final BooleanSupplier cancelled;
    private final String thing;
    private final String position;
    private final Course course;

    /**
     * Prepares an exploration.
     *
     * @param spec          folder with modules and configuration
     * @param module        name of the root module
     * @param configuration name of the configuration file, without {@code .cfg}
     * @param states        empty folder for TLC's states
     * @param temporary     empty folder for standard modules
     * @param output        where TLC prints to, in tool mode
     * @param cancelled     asked at each step whether to give up
     * @param thing         the variable that tells the things apart that are examined
     * @param position      the variable that tells how many steps of each kind were taken
     * @param course        what the things are to get through
     */
    public ReachExploration(Path spec, String module, String configuration, Path states, Path temporary, PrintStream output,
            BooleanSupplier cancelled, String thing, String position, Course course) {
        this.spec = spec;
        this.module = module;
        this.configuration = configuration;
        this.states = states;
        this.temporary = temporary;
        this.output = output;
        this.cancelled = cancelled;
        this.thing = thing;
        this.position = position;
        this.course = course;
    }

    /**
     * Explores the model.
     *
     * @return how far each thing gets; null if TLC found an error, which it has printed then
     * @throws Exception if anything else fails
     */
    @Override
    public Reach call() throws Exception {
        Session.prepare(output);
        FurthestFirst queue = new FurthestFirst(thing, position, course, cancelled);
        int code;
        try {
            FastTool tool = Session.read(spec, module, configuration, temporary);
            ModelChecker checker = new QueuedChecker(tool, states.toString(), queue);
            TLCGlobals.mainChecker = checker;
            code = checker.modelCheck();
        } catch (RuntimeException | StackOverflowError e) {
            Session.print(e);
            code = EC.GENERAL;
        }
        return code == EC.NO_ERROR ? queue.reach() : null;
    }
}
