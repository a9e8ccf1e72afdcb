/** Knows the resources and functions, their waits and retries, the AWS SDK's clients and what registries say of images; must not know that a local cloud exists (an endpoint is a setting). */
@NullMarked
package dev.slipway.provider.aws;

import org.jspecify.annotations.NullMarked;
