/** Knows secrets and parameters, sealed where they are stored, and their operations; must not know who deploys what. */
@NullMarked
package dev.slipway.cloud.secrets;

import org.jspecify.annotations.NullMarked;
