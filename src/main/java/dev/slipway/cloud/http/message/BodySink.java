package dev.slipway.cloud.http.message;

import io.netty.buffer.ByteBuf;

/** Takes the content of a body, without its framing. */
@FunctionalInterface
public interface BodySink {
    /** Takes exactly the next {@code length} readable bytes, at least 1, from the buffer, which stays the caller's. */
    void content(ByteBuf in, int length);
}
