package dev.lockstep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several shards of a suite, for one of several machines.
 *
 * @param index which, from 1 on
 * @param count how many there are
 */
record Shard(int index, int count) {
    /** The only shard, which is everything. */
    static final Shard WHOLE = new Shard(1, 1);
    /** More shards than this would be mostly ways to where they begin. */
    static final int MOST = 1000;

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    /**
     * Reads a shard as a user writes it.
     *
     * @param text such as {@code 2/5}
     * @throws UserMistake if it is none
     */
    static Shard parse(String text) {
        Matcher form = FORM.matcher(text);
        int index = form.matches() ? Integer.parseInt(form.group(1)) : 0;
        int count = form.matches() ? Integer.parseInt(form.group(2)) : 0;
        if (index < 1 || index > count || count > MOST) {
            throw new UserMistake("--shard " + text + " is no shard of a suite; i/n with i from 1 to n and n at most " + MOST
                    + ", such as 2/5, is expected");
        }
        return new Shard(index, count);
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
