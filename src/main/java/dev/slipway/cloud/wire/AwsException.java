package dev.slipway.cloud.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as AWS answers it: a code that SDKs turn into a type, an HTTP status and a message for a person. */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final transient Map<String, ?> members;

    public AwsException(String code, int status, String message) {
        this(code, status, message, Map.of());
    }

    /**
     * @param code on the wire, or the name of the error in AWS's model of the service
     * @param status the model's wins, when the service has one
     * @param members what the error carries besides: text, numbers, or a map of these
     */
    public AwsException(String code, int status, @Nullable String message, Map<String, ?> members) {
        super(message);
        this.code = code;
        this.status = status;
        this.members = members;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** What the error carries besides its message, by the names of the wire. */
    public Map<String, ?> members() {
        return members;
    }
}
