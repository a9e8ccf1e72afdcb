package dev.slipway.cloud.apprunner;

import java.util.ArrayList;
import java.util.List;

/** Splits a start command into words as a POSIX shell would: blanks, both quotes, backslash. Nothing is expanded. */
final class ShellWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private ShellWords(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when a quote is not closed */
    static List<String> split(String text) {
        return new ShellWords(text).split();
    }

    private List<String> split() {
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == '\'' || next == '"') {
                inWord = true;
                quoted(next);
            } else if (next == '\\' && position < text.length()) {
                inWord = true;
                word.append(text.charAt(position++));
            } else if (Character.isWhitespace(next)) {
                endWord();
            } else {
                inWord = true;
                word.append(next);
            }
        }
        endWord();
        return words;
    }

    private void quoted(char quote) {
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == quote) {
                return;
            }
            boolean escapes = quote == '"' && next == '\\' && position < text.length();
            if (escapes && "\"\\$`".indexOf(text.charAt(position)) >= 0) {
                word.append(text.charAt(position++));
            } else {
                word.append(next);
            }
        }
        throw new IllegalArgumentException("a " + (quote == '"' ? "double" : "single") + " quote is not closed");
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
