/** Knows the ECR and ECR Public APIs over the registry: repositories, their policies, login tokens, the gallery; must not know how images are run. */
@NullMarked
package dev.slipway.cloud.ecr;

import org.jspecify.annotations.NullMarked;
