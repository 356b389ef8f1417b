package dev.lockstep.validate;

import dev.lockstep.trace.TlaValueParser;
import dev.lockstep.trace.TupleValue;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A recording on files, which outlives the process that is recorded: a file for each thread, to which a line is added when something begins and
 * when it ends, and nobody waits for another. A thread writes that something begins before it does; so of all that a killed process has done
 * its files have the beginning, at least. A line that was cut off is none. Thread-safe; a {@link Track} is one thread's.
 */
final class Tape {
    /** What is told when something was done: no byte of a text. */
    static final int BEAT = 7;

    /** Between the parts of a line, the arguments last: there is none in them. */
    private static final String TAB = "\t";
    private static final int PARTS = 6;
    private static final String BEGUN = "begun";
    private static final String ENDED = "ended";
    private static final String OVER = "over";
    private static final String SEEN = "seen";

    private final Path folder;
    private final OutputStream beats;
    private final AtomicInteger tracks = new AtomicInteger();

    /**
     * On files in an empty folder.
     *
     * @param beats gets a {@link #BEAT} for each line that tells of something that was done
     */
    Tape(Path folder, OutputStream beats) {
        this.folder = folder;
        this.beats = beats;
    }

    /** A thread's part. */
    final class Track {
        private final OutputStream file;
        private boolean open;

        private Track(OutputStream file) {
            this.file = file;
        }

        void begun(Event event) {
            line(BEGUN, event);
            open = true;
        }

        /** What had begun was done. */
        void ended(Event event) {
            line(ENDED, event);
            open = false;
            beat();
        }

        /** Something was seen beside that. */
        void seen(Event event) {
            line(SEEN, event);
            beat();
        }

        /** What had begun is over, and is not to be taken down. */
        void over() {
            if (open) {
                write(OVER + '\n');
                open = false;
            }
        }

        private void line(String kind, Event event) {
            write(String.join(TAB, kind, event.what(), "" + event.certain(), "" + event.begin(), "" + event.end(), new TupleValue(event.arguments()).toString()) + '\n');
        }

        private void write(String line) {
            try {
                file.write(line.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void beat() {
            try {
                beats.write(BEAT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The part of a thread that has none yet. */
    Track track() {
        try {
            return new Track(new FileOutputStream(folder.resolve("thread" + tracks.incrementAndGet()).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a process has left of it.
     *
     * @param done  what was done
     * @param begun what had begun and not ended: it may have been done
     */
    record Left(List<Event> done, List<Event> begun) {
        Left {
            done = List.copyOf(done);
            begun = List.copyOf(begun);
        }

        /** The last number of the clock that is in it. */
        long last() {
            long ended = done.stream().mapToLong(Event::end).max().orElse(0);
            return Math.max(ended, begun.stream().mapToLong(Event::begin).max().orElse(0));
        }
    }

    /** Reads what is in a folder of a process that is dead. */
    static Left left(Path folder) throws IOException {
        List<Event> done = new ArrayList<>();
        List<Event> begun = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                read(Files.readString(file, StandardCharsets.US_ASCII), done, begun);
            }
        }
        return new Left(done, begun);
    }

    private static void read(String text, List<Event> done, List<Event> begun) {
        Event open = null;
        for (int from = 0, to = text.indexOf('\n'); to >= 0; from = to + 1, to = text.indexOf('\n', from)) {
            String[] line = text.substring(from, to).split(TAB, PARTS);
            switch (line[0]) {
                case BEGUN -> {
                    if (open != null) {
                        // It was cut short, in a mirror that fails.
                        begun.add(open);
                    }
                    open = event(line);
                }
                case ENDED -> {
                    done.add(event(line));
                    open = null;
                }
                case SEEN -> done.add(event(line));
                default -> open = null;
            }
        }
        if (open != null) {
            begun.add(open);
        }
    }

    private static Event event(String[] line) {
        return new Event(line[1], ((TupleValue) TlaValueParser.parse(line[5])).elements(), Boolean.parseBoolean(line[2]), Long.parseLong(line[3]), Long.parseLong(line[4]));
    }
}
