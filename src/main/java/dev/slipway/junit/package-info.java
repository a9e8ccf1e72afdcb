/** Knows how a JUnit test gets a deployed program; must not know how one is deployed. Only this package needs JUnit. */
@NullMarked
package dev.slipway.junit;

import org.jspecify.annotations.NullMarked;
