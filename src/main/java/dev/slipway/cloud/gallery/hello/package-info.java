/** Knows the hello application that runs inside the hello image, with the JDK alone; must not know Slipway. */
@NullMarked
package dev.slipway.cloud.gallery.hello;

import org.jspecify.annotations.NullMarked;
