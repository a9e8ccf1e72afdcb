/** Knows sessions: who may become which role, for how long, with which temporary keys; must not know App Runner, ECR or HTTP. */
@NullMarked
package dev.slipway.cloud.sts;

import org.jspecify.annotations.NullMarked;
