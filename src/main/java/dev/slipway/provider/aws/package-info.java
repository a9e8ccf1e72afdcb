/** Knows the three resources, their waits and retries, and the AWS SDK's clients; must not know that a local cloud exists (an endpoint is a setting). */
@NullMarked
package dev.slipway.provider.aws;

import org.jspecify.annotations.NullMarked;
