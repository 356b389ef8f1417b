package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.List;

/**
 * A table whose rows turn into blocks on a narrow screen, where each cell shows its column's header before it. The
 * roles are said outright, as a browser forgets that something is a table once it is laid out as blocks. One use each.
 */
final class Table {
    private static final String NUMERIC = "num";

    private final Html html;
    private final Tag table;
    private final String caption;
    private final List<String> headers;
    private int column;

    /**
     * Makes a table.
     *
     * @param headers one a column; {@code #} before it says that the column holds numbers
     */
    Table(Html html, Tag table, String caption, String... headers) {
        this.html = html;
        this.table = table.with("role", "table");
        this.caption = caption;
        this.headers = List.of(headers);
    }

    /** Writes the table with the rows that the body writes. */
    void write(Runnable rows) {
        html.in(table, () -> {
            html.put(tag("caption"), caption);
            html.in(tag("thead").with("role", "rowgroup"), () -> html.in(tag("tr").with("role", "row"), () ->
                    headers.forEach(header -> html.put(tag("th").with("scope", "col").with("role", "columnheader")
                            .cssIf(numeric(header), NUMERIC), label(header)))));
            html.in(tag("tbody").with("role", "rowgroup"), rows);
        });
    }

    void row(Tag row, Runnable cells) {
        column = 0;
        html.in(row.with("role", "row"), cells);
    }

    void row(Runnable cells) {
        row(tag("tr"), cells);
    }

    /** Writes the cell that says what the row is about. */
    void header(Runnable body) {
        column++;
        html.in(tag("th").with("scope", "row").with("role", "rowheader"), body);
    }

    void header(String text) {
        header(() -> html.text(text));
    }

    void cell(String css, Runnable body) {
        String header = headers.get(column++);
        html.in(tag("td").with("role", "cell").cssIf(!css.isEmpty(), css).with("data-label", label(header)), body);
    }

    void cell(Runnable body) {
        cell(numeric(headers.get(column)) ? NUMERIC : "", body);
    }

    void cell(String text) {
        cell(() -> html.text(text));
    }

    private static boolean numeric(String header) {
        return header.startsWith("#");
    }

    private static String label(String header) {
        return numeric(header) ? header.substring(1) : header;
    }
}
