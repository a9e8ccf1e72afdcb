package dev.slipway.provider.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.Service;

/**
 * A service as App Runner describes it, with what else belongs to it.
 *
 * @param asked the inputs of the program; null for an import
 * @param scaling null when it can't be read
 * @param tags a person's tags; null when there are none and none were asked for
 * @param url where it answers, with scheme; null when nothing leads to it
 */
record ServiceView(
        Service service,
        @Nullable ServiceInputs asked,
        @Nullable Scaling scaling,
        @Nullable Map<String, String> tags,
        Remembered remembered,
        @Nullable String url) {}
