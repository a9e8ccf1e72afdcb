/** Knows image references (and which of App Runner's three sources one is), digests, manifests and image configurations; must not know registries, files or processes. */
@NullMarked
package dev.slipway.oci;

import org.jspecify.annotations.NullMarked;
