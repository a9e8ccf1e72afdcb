package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Call;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Things of one kind that have tags. Thread-safe. */
interface Tagged {
    /** Empty when there is nothing of this kind under the ARN in the call's region. */
    Optional<Map<String, String>> tags(Call call, String arn);

    /** Changes the tags of something that {@link #tags} has found. */
    void changeTags(Call call, String arn, UnaryOperator<Map<String, String>> change);
}
