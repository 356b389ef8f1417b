package dev.lockstep.tlc.inside;

import dev.lockstep.tlc.ExplorationSetting;
import java.io.PrintStream;
import java.nio.file.Path;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.output.MP;
import tlc2.tool.impl.FastTool;
import tlc2.util.FP64;
import util.Assert.TLCRuntimeException;
import util.ToolIO;

/** One use of TLC's classes, which are as good as new. */
final class Session {
    private Session() {
    }

    /**
     * Does what TLC's main program would do before it reads a spec, with all output in tool mode to the given stream.
     */
    static void prepare(PrintStream output) {
        ToolIO.out = output;
        ToolIO.err = output;
        TLCGlobals.tool = true;
        TLCGlobals.chkptDuration = 0;
        FP64.Init(0);
    }

    /** Reads a spec and its configuration; throws what TLC throws if they are wrong. */
    static FastTool read(ExplorationSetting setting) {
        return read(setting.spec(), setting.module(), setting.configuration(), setting.temporary());
    }

    /** Reads a spec and its configuration; throws what TLC throws if they are wrong. */
    static FastTool read(Path spec, String module, String configuration, Path temporary) {
        SpecResolver resolver = new SpecResolver(spec, temporary);
        ToolIO.setDefaultResolver(resolver);
        return new FastTool(module, configuration, resolver);
    }

    /** Prints an error as TLC's main program would. */
    static void print(Throwable error) {
        if (error instanceof TLCRuntimeException known) {
            MP.printTLCRuntimeException(known);
        } else {
            MP.printError(error instanceof StackOverflowError ? EC.SYSTEM_STACK_OVERFLOW : EC.GENERAL, error);
        }
    }
}
