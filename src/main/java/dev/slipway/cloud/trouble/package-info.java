/** Knows which trouble somebody asked the local cloud for, and for whom; must not know how AWS words an error or what a service is. */
@NullMarked
package dev.slipway.cloud.trouble;

import org.jspecify.annotations.NullMarked;
