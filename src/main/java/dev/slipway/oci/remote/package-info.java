/** Knows how to talk to an OCI registry as a client: resolve, pull, push, copy; must not know whose registry it is or where images go. */
@NullMarked
package dev.slipway.oci.remote;

import org.jspecify.annotations.NullMarked;
