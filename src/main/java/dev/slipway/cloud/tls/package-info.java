/** Knows the local certificate authority and the certificates that services show; must not know which services exist. */
@NullMarked
package dev.slipway.cloud.tls;

import org.jspecify.annotations.NullMarked;
