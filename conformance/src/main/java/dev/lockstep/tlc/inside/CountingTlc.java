package dev.lockstep.tlc.inside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import tlc2.TLC;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.tool.Action;
import tlc2.tool.TLCState;
import tlc2.tool.liveness.LiveWorker;
import tlc2.util.BitVector;
import tlc2.util.BufferedRandomAccessFile;
import util.ToolIO;
import util.UniqueString;

/**
 * A main program: TLC, for one model after another, as they come on the standard input. Its classes are warm from the second
 * model on, and its memory is its own: a model that takes it down takes down nothing else.
 *
 * <p>It counts by itself how often each action fired. TLC's option for that counts every evaluation of every expression
 * besides, and takes twice the time. What was counted is printed in the form that TLC has for it.
 *
 * <p>A line on the standard input is the folder of the spec, the folder for standard modules, the file for what TLC prints, and
 * TLC's arguments, with tabs between them. The answer on the standard output is TLC's exit code.
 */
public final class CountingTlc {
    /** What is between the parts of a line. */
    public static final String SEPARATOR = "\t";
    private static final int ARGUMENTS = 3;
    private static final int NOWHERE = -1;
    private static final int NO_THREAD = -1;
    private static final int COVERAGE_START = 2201;
    private static final int COVERAGE_NEXT = 2772;

    private CountingTlc() {
    }

    /** Takes no arguments. */
    public static void main(String... none) throws IOException, ReflectiveOperationException {
        PrintStream answers = System.out;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(SEPARATOR);
                int code;
                try (PrintStream output = new PrintStream(Files.newOutputStream(Path.of(parts[2])), false, StandardCharsets.UTF_8)) {
                    // TLC ends the JVM where it finds an argument that it does not know: then the file is whole, and no answer comes.
                    System.setOut(output);
                    System.setErr(output);
                    ToolIO.out = output;
                    ToolIO.err = output;
                    code = run(new SpecResolver(Path.of(parts[0]), Path.of(parts[1])),
                            Arrays.copyOfRange(parts, ARGUMENTS, parts.length), output);
                }
                answers.println(code);
                answers.flush();
            }
        }
        // TLC leaves a thread behind that would keep this JVM alive.
        System.exit(0);
    }

    private static int run(SpecResolver resolver, String[] arguments, PrintStream output) throws ReflectiveOperationException {
        forget();
        TLC tlc = new TLC();
        ToolIO.setDefaultResolver(resolver);
        TLCGlobals.mainChecker = null;
        if (!tlc.handleParameters(arguments)) {
            return 1;
        }
        Counts counts = new Counts();
        Field writer = TLC.class.getDeclaredField("stateWriter");
        writer.setAccessible(true);
        writer.set(tlc, counts);
        tlc.setResolver(resolver);
        int code = tlc.process();
        counts.print(output);
        return EC.ExitStatus.errorConstantToExitStatus(code);
    }

    /**
     * What TLC keeps of a model for as long as the JVM lives: where each name stands in it; that its liveness was violated; and
     * the buffers of files that were closed, some of them twice, so that two files would be given the same one.
     */
    private static void forget() throws ReflectiveOperationException {
        UniqueString.internTbl.toMap().values().forEach(name -> name.setLoc(NOWHERE));
        set(LiveWorker.class, "errFoundByThread", NO_THREAD);
        set(BufferedRandomAccessFile.class, "numAvailBuffs", 0);
    }

    private static void set(Class<?> type, String field, int value) throws ReflectiveOperationException {
        Field kept = type.getDeclaredField(field);
        kept.setAccessible(true);
        kept.setInt(null, value);
    }

    /** TLC has an action object for each choice of parameters; they have the name in common. */
    private static final class Counts extends StepHearer {
        private final Map<Action, long[]> fired = new IdentityHashMap<>();

        @Override
        public void writeState(TLCState state) {
            // An initial state: no action fired.
        }

        @Override
        public void writeState(TLCState state, TLCState successor, boolean isNew) {
            throw new IllegalStateException("a step without its action");
        }

        @Override
        public void writeState(TLCState state, TLCState successor, boolean isNew, Action action) {
            long[] count = fired.computeIfAbsent(action, key -> new long[2]);
            count[0] += isNew ? 1 : 0;
            count[1]++;
        }

        @Override
        public void writeState(TLCState state, TLCState successor, boolean isNew, Visualization visualization) {
            // Stuttering, which liveness checking adds: no action fired.
        }

        @Override
        public void writeState(TLCState state, TLCState successor, BitVector checks, int from, int length, boolean isNew) {
            // What liveness checking knows of a step that was told before.
        }

        @Override
        public void writeState(TLCState state, TLCState successor, BitVector checks, int from, int length, boolean isNew,
                Visualization visualization) {
            // As above.
        }

        void print(PrintStream out) {
            message(out, COVERAGE_START, "The actions and how often they fired:");
            if (TLCGlobals.mainChecker != null) {
                for (Action action : TLCGlobals.mainChecker.tool.getActions()) {
                    long[] count = fired.getOrDefault(action, new long[2]);
                    message(out, COVERAGE_NEXT, "<" + action.getName() + " " + action.pred.getLocation() + ">: " + count[0] + ":"
                            + count[1]);
                }
            }
            out.flush();
        }

        private static void message(PrintStream out, int code, String text) {
            out.println("@!@!@STARTMSG " + code + ":0 @!@!@");
            out.println(text);
            out.println("@!@!@ENDMSG " + code + " @!@!@");
        }
    }
}
