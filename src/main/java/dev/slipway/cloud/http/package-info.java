/** Knows HTTP on one loopback port (Netty): routes, exchanges with streamed bodies, dialling; must not know AWS. */
@NullMarked
package dev.slipway.cloud.http;

import org.jspecify.annotations.NullMarked;
