/** Knows OCI distribution over blobs, manifests and tags on disk, and asks who may do what; must not know ECR, IAM or tokens. */
@NullMarked
package dev.slipway.cloud.registry;

import org.jspecify.annotations.NullMarked;
