package dev.slipway.cli.display;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under headers, each column as wide as its widest text. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headers) {
        rows.add(List.of(headers));
    }

    public Table row(String... columns) {
        rows.add(List.of(columns));
        return this;
    }

    /** A line of its own, however long. */
    public Table line(String text) {
        rows.add(List.of(text));
        return this;
    }

    public void print(PrintStream out, String indent) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; row.size() == columns && i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                int missing = Math.max(0, widths[i] - row.get(i).length());
                line.append(row.get(i)).append(" ".repeat(missing)).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
