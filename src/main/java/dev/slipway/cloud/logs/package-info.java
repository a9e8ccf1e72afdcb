/** Knows log groups, streams and their events, and the CloudWatch Logs operations that read them; must not know who writes. */
@NullMarked
package dev.slipway.cloud.logs;

import org.jspecify.annotations.NullMarked;
