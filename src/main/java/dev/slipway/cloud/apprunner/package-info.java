/** Knows the App Runner API, the states of a service and the loop that makes them true; must not know IAM's inside (it asks). */
@NullMarked
package dev.slipway.cloud.apprunner;

import org.jspecify.annotations.NullMarked;
