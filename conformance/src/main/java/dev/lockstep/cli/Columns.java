package dev.lockstep.cli;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text, to be set in columns.
 *
 * @param rows cells, as many in each row; at least one row
 */
record Columns(List<List<String>> rows) {
    private static final String GAP = "  ";

    /**
     * Returns a line a row; the columns from {@code first} to {@code last}, counted from 0, are numbers and are set to
     * the right.
     */
    String text(int first, int last) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                String space = " ".repeat(widths[column] - cell.length());
                line.append(column >= first && column <= last ? space + cell : cell + space).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
