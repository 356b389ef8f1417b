package dev.lockstep.tlc.inside;

import dev.lockstep.tlc.Course;
import dev.lockstep.tlc.ExplorationSetting;
import dev.lockstep.tlc.Reach;
import java.util.concurrent.Callable;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.tool.ModelChecker;
import tlc2.tool.impl.FastTool;

/**
 * Lets TLC visit the states of a model with one worker, the furthest first, until the end of every way is reached or there are no more.
 */
public final class ReachExploration implements Callable<Reach> {
    private final ExplorationSetting setting;
    private final String thing;
    private final String position;
    private final Course course;

    /**
     * Prepares an exploration.
     *
     * @param setting  what is explored, and where
     * @param thing    the variable that tells the things apart that are examined
     * @param position      the variable that tells how many steps of each kind were taken
     * @param course        what the things are to get through
     */
    public ReachExploration(ExplorationSetting setting, String thing, String position, Course course) {
        this.setting = setting;
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
        Session.prepare(setting.output());
        TLCGlobals.setNumWorkers(1);
        FurthestFirst queue = new FurthestFirst(thing, position, course, setting.cancelled());
        int code;
        try {
            FastTool tool = Session.read(setting);
            ModelChecker checker = new QueuedChecker(tool, setting.states().toString(), queue);
            TLCGlobals.mainChecker = checker;
            code = checker.modelCheck();
        } catch (RuntimeException | StackOverflowError e) {
            Session.print(e);
            code = EC.GENERAL;
        }
        return code == EC.NO_ERROR ? queue.reach() : null;
    }
}
