/** The way from instances to other machines: connections relayed, questions about names passed on. Knows neither instances nor who owns them. */
@NullMarked
package dev.slipway.cloud.egress;

import org.jspecify.annotations.NullMarked;
