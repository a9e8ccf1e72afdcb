/** Knows the repository's own program, which deploys what a stack file says; must not know engines, the provider or the AWS SDK. */
@NullMarked
package dev.slipway.stack;

import org.jspecify.annotations.NullMarked;
