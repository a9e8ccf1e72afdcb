package dev.slipway.property;

import java.util.ArrayList;
import java.util.List;

/** Reads the text form of one {@link PropertyPath}. */
final class PropertyPathParser {
    private final String text;
    private int at;

    PropertyPathParser(String text) {
        this.text = text;
    }

    PropertyPath parse() {
        var segments = new ArrayList<Object>();
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                at++;
                segments.add(bracketed());
            } else {
                dot(segments);
                segments.add(key());
            }
        }
        return new PropertyPath(segments);
    }

    private void dot(List<Object> before) {
        boolean dot = text.charAt(at) == '.';
        if (dot == before.isEmpty()) {
            throw wrong(dot ? "starts with a dot" : "lacks a dot or bracket before position " + at);
        }
        if (dot) {
            at++;
        }
    }

    private String key() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            at++;
        }
        if (at == start) {
            throw wrong("has an empty key at position " + at);
        }
        return text.substring(start, at);
    }

    private Object bracketed() {
        Object segment = at < text.length() && text.charAt(at) == '"' ? quoted() : position();
        if (at >= text.length() || text.charAt(at) != ']') {
            throw wrong("lacks a closing bracket");
        }
        at++;
        return segment;
    }

    private String quoted() {
        var key = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return key.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            key.append(c);
        }
        throw wrong("lacks a closing quote");
    }

    private Object position() {
        int end = text.indexOf(']', at);
        if (end < 0) {
            throw wrong("lacks a closing bracket");
        }
        String inside = text.substring(at, end);
        at = end;
        if (inside.equals("*")) {
            return inside;
        }
        try {
            return Integer.valueOf(inside);
        } catch (NumberFormatException e) {
            throw wrong("has [" + inside + "] where a position, * or a quoted key was expected");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("property path `" + text + "` " + what);
    }
}
