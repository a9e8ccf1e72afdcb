/** Knows what a program declares: services, access roles, repository policies and providers, on pulumi-java; must not know engines, the provider or the AWS SDK. */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
