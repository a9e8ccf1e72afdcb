package dev.slipway.cloud.http.message;

/** A message that breaks the grammar or the limits of {@link HeadReader} or {@link BodyReader}. Nothing after it on its connection can be trusted. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status what a server answers to a request like this: 400, 414, 431, 501 or 505 */
    Malformed(int status, String reason) {
        // Anybody can cause these by the thousand, so they carry no stack.
        super(reason, null, false, false);
        this.status = status;
    }

    /** What a server answers 400. */
    public static Malformed request(String reason) {
        return new Malformed(400, reason);
    }

    public int status() {
        return status;
    }

    /** What is wrong, in a few words that quote nothing of the message. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
