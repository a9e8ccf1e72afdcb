/** Knows how to make the images that Slipway brings itself, offline, from the JDK that runs it; must not know registries or who runs them. */
@NullMarked
package dev.slipway.cloud.gallery;

import org.jspecify.annotations.NullMarked;
