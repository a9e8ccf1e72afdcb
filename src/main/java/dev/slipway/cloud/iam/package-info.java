/** Knows users, keys, roles and policies, and judges calls by them; must not know sessions' keys, App Runner, ECR or HTTP. */
@NullMarked
package dev.slipway.cloud.iam;

import org.jspecify.annotations.NullMarked;
