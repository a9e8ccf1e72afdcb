package dev.slipway.cloud.wire;

import java.lang.reflect.InvocationTargetException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** Makes the SDK's request and response objects. The only reflection here: the static {@code builder()} that each of them has. */
final class Pojos {
    private Pojos() {}

    static SdkPojo builder(Class<? extends SdkPojo> type) {
        try {
            return (SdkPojo) type.getMethod("builder").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException missing) {
            throw new IllegalArgumentException(type.getName() + " is no class of the AWS SDK's model", missing);
        }
    }

    static SdkPojo build(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }
}
