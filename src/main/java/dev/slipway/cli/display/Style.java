package dev.slipway.cli.display;

/** Colours of a terminal; plain text where there are none. */
enum Style {
    CREATE("32"),
    UPDATE("33"),
    REPLACE("35"),
    DELETE("31"),
    ERROR("1;31"),
    WARNING("33"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String paint(String text, boolean colour) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
