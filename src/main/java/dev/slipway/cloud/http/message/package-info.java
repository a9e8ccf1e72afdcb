/** Knows how HTTP/1.1 messages are written (RFC 9112): heads, framing, chunks, trailers; must not know connections or who speaks. */
@NullMarked
package dev.slipway.cloud.http.message;

import org.jspecify.annotations.NullMarked;
