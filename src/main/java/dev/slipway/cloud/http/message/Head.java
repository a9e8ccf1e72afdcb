package dev.slipway.cloud.http.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The head of a request or an answer (or the trailers of a body) as it came, with the places of its parts. Made by a {@link HeadReader},
 * and valid until that is reset.
 */
public final class Head {
    private static final int USUAL_BYTES = 1024;
    private static final int USUAL_FIELDS = 24;
    private static final int OTHER = FieldName.OTHER.ordinal();
    private static final int CONNECTION = FieldName.CONNECTION.ordinal();

    byte[] bytes = new byte[USUAL_BYTES];
    int length;
    Method method = Method.OTHER;
    int methodStart;
    int methodEnd;
    int targetStart;
    int targetEnd;
    int authorityEnd;
    int status;
    int reasonStart;
    int reasonEnd;
    boolean old;
    long contentLength;
    boolean chunked;
    boolean close;
    boolean keepAlive;
    boolean upgrade;
    boolean connectionNames;
    int host;
    private int fields;
    private int[] places = new int[4 * USUAL_FIELDS];
    private byte[] names = new byte[USUAL_FIELDS];

    void reset() {
        if (bytes.length > 8 * USUAL_BYTES) {
            bytes = new byte[USUAL_BYTES];
        }
        length = 0;
        fields = 0;
        method = Method.OTHER;
        old = false;
        contentLength = -1;
        chunked = false;
        close = false;
        keepAlive = false;
        upgrade = false;
        connectionNames = false;
        host = -1;
        authorityEnd = 0;
    }

    void append(ByteBuf in, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        in.getBytes(in.readerIndex(), bytes, length, count);
        length += count;
    }

    int addField(FieldName name, int nameStart, int nameEnd, int valueStart, int valueEnd) {
        if (fields == names.length) {
            names = Arrays.copyOf(names, 2 * fields);
            places = Arrays.copyOf(places, 8 * fields);
        }
        names[fields] = (byte) name.ordinal();
        places[4 * fields] = nameStart;
        places[4 * fields + 1] = nameEnd;
        places[4 * fields + 2] = valueStart;
        places[4 * fields + 3] = valueEnd;
        return fields++;
    }

    public Method method() {
        return method;
    }

    /** The method as it was sent. */
    public String methodText() {
        return text(methodStart, methodEnd);
    }

    /** The target in origin form, {@code *} for the server itself. */
    public String target() {
        return text(Math.max(targetStart, authorityEnd), targetEnd);
    }

    /** The status of an answer, 100 to 999. */
    public int status() {
        return status;
    }

    /** Whether the sender speaks HTTP/1.0. */
    public boolean isOld() {
        return old;
    }

    /** The announced length of the body, -1 when there is none. */
    public long contentLength() {
        return contentLength;
    }

    /** Whether the body comes in chunks. */
    public boolean isChunked() {
        return chunked;
    }

    /** Whether a body of at least one byte follows this head of a request. */
    public boolean hasContent() {
        return chunked || contentLength > 0;
    }

    /** Whether the sender lets the connection live on after this message (RFC 9112, 9.3). */
    public boolean isKeepAlive() {
        return !close && (!old || keepAlive);
    }

    /** Whether the sender wants to go on with another protocol. */
    public boolean asksForUpgrade() {
        return upgrade;
    }

    public int fields() {
        return fields;
    }

    public FieldName fieldName(int field) {
        return FieldName.at(names[field]);
    }

    public String fieldNameText(int field) {
        return text(places[4 * field], places[4 * field + 1]);
    }

    public String fieldValue(int field) {
        return text(places[4 * field + 2], places[4 * field + 3]);
    }

    /** The first field with this name, -1 when there is none. */
    public int find(FieldName name) {
        int wanted = name.ordinal();
        for (int i = 0; i < fields; i++) {
            if (names[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the first field of this name has this value. @param value in lower case */
    public boolean says(FieldName name, String value) {
        int field = find(name);
        return field >= 0 && Syntax.equalIgnoringCase(bytes, places[4 * field + 2], places[4 * field + 3], value);
    }

    /** The host that the client asks, in lower case and without its port: of the target if it names one, else of {@code Host}; empty when unknown. */
    public String host() {
        int from = hostStart();
        int to = hostEnd();
        int colon = to;
        while (colon > from && Syntax.isDigit(bytes[colon - 1])) {
            colon--;
        }
        boolean port = colon > from && bytes[colon - 1] == ':';
        return text(from, port ? colon - 1 : to).toLowerCase(Locale.ROOT);
    }

    /** The host with its port as it was sent; empty when unknown. */
    public byte[] rawHost() {
        return Arrays.copyOfRange(bytes, hostStart(), hostEnd());
    }

    /** Whether {@link #rawHost} is this. */
    public boolean hostIs(byte[] raw) {
        return Arrays.equals(bytes, hostStart(), hostEnd(), raw, 0, raw.length);
    }

    /** The host with its port as it was sent, for a new {@code Host} field (RFC 9112, 3.2.2). */
    public void copyHost(HeadWriter out) {
        out.add(bytes, hostStart(), hostEnd());
    }

    /** Whether target or {@code Host} name a host. */
    public boolean hasHost() {
        return hostEnd() > hostStart();
    }

    private int hostStart() {
        return authorityEnd > 0 ? authorityStart() : host < 0 ? 0 : places[4 * host + 2];
    }

    private int hostEnd() {
        return authorityEnd > 0 ? authorityEnd : host < 0 ? 0 : places[4 * host + 3];
    }

    private int authorityStart() {
        int at = targetStart;
        while (bytes[at] != '/') {
            at++;
        }
        return at + 2;
    }

    public void copyMethod(HeadWriter out) {
        out.add(bytes, methodStart, methodEnd);
    }

    /** The target in origin form. */
    public void copyTarget(HeadWriter out) {
        int from = Math.max(targetStart, authorityEnd);
        if (from == targetEnd || (authorityEnd > 0 && bytes[from] != '/')) {
            // An absolute target without a path (RFC 9112, 3.2.1).
            out.add(method == Method.OPTIONS && from == targetEnd ? "*" : "/");
        }
        out.add(bytes, from, targetEnd);
    }

    public void copyReason(HeadWriter out) {
        out.add(bytes, reasonStart, reasonEnd);
    }

    /** The value of one field. */
    public void copyValue(int field, HeadWriter out) {
        out.add(bytes, places[4 * field + 2], places[4 * field + 3]);
    }

    /** The fields that are not in {@code dropped} (see {@link FieldName#set}) and that {@code Connection} does not name, a line each. */
    public void copyFields(int dropped, HeadWriter out) {
        for (int i = 0; i < fields; i++) {
            if (isKept(i, dropped)) {
                int from = places[4 * i];
                while (i + 1 < fields && isKept(i + 1, dropped) && adjoins(i)) {
                    i++;
                }
                out.add(bytes, from, places[4 * i + 3]).line();
            }
        }
    }

    private boolean isKept(int field, int dropped) {
        return (dropped & 1 << names[field]) == 0 && !(connectionNames && names[field] == OTHER && isNamed(field));
    }

    /** Whether nothing but CR LF is between a field and the next one. */
    private boolean adjoins(int field) {
        int end = places[4 * field + 3];
        return places[4 * field + 4] == end + 2 && bytes[end] == '\r';
    }

    /** Whether {@code Connection} lists the field. What frames a message is not the sender's to take away, so known names are never asked. */
    private boolean isNamed(int field) {
        for (int i = 0; i < fields; i++) {
            if (names[i] == CONNECTION && lists(i, places[4 * field], places[4 * field + 1])) {
                return true;
            }
        }
        return false;
    }

    private boolean lists(int connection, int nameStart, int nameEnd) {
        int end = places[4 * connection + 3];
        for (int at = places[4 * connection + 2]; at < end; ) {
            int tokenEnd = Syntax.tokenEnd(bytes, at, end);
            if (Syntax.equalIgnoringCase(bytes, at, tokenEnd, nameStart, nameEnd)) {
                return true;
            }
            at = Math.max(tokenEnd, at + 1);
        }
        return false;
    }

    /** The whole head as it came, the empty line included. */
    public void copyTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
