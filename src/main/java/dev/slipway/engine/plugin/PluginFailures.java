package dev.slipway.engine.plugin;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import pulumirpc.Errors;
import pulumirpc.Provider.ConfigureErrorMissingKeys;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** What a failed call to a plugin means. */
final class PluginFailures {
    private PluginFailures() {}

    static RuntimeException of(
            String packageName, String doing, StatusRuntimeException failure, PluginProcess process) {
        Status.Code code = failure.getStatus().getCode();
        if (code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED) {
            return new OutcomeUnknown(
                    "The plugin of the package `" + packageName + "` went away when it was to " + doing
                            + process.words(),
                    failure);
        }
        var status = StatusProto.fromThrowable(failure);
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                RuntimeException told = detailed(detail, failure);
                if (told != null) {
                    return told;
                }
            }
        }
        String message = String.valueOf(failure.getStatus().getDescription());
        return new ProviderException(
                code == Status.Code.UNIMPLEMENTED
                        ? "The plugin of the package `" + packageName + "` can't " + doing + ": " + message
                        : message,
                failure);
    }

    private static @org.jspecify.annotations.Nullable RuntimeException detailed(
            Any detail, StatusRuntimeException failure) {
        try {
            if (detail.is(ErrorResourceInitFailed.class)) {
                ErrorResourceInitFailed there = detail.unpack(ErrorResourceInitFailed.class);
                return new InitializationFailed(
                        there.getId(),
                        StructCodec.fromStruct(there.getInputs()),
                        StructCodec.fromStruct(there.getProperties()),
                        there.getReasonsList());
            }
            if (detail.is(ConfigureErrorMissingKeys.class)) {
                var text = new StringBuilder("The provider's configuration lacks:");
                detail.unpack(ConfigureErrorMissingKeys.class)
                        .getMissingKeysList()
                        .forEach(key -> text.append("\n  ")
                                .append(key.getName())
                                .append(": ")
                                .append(key.getDescription()));
                return new ProviderException(text.toString(), failure);
            }
            if (detail.is(Errors.InputPropertiesError.class)) {
                var text = new StringBuilder(String.valueOf(failure.getStatus().getDescription()));
                detail.unpack(Errors.InputPropertiesError.class).getErrorsList().forEach(error -> text.append("\n  ")
                        .append(error.getPropertyPath())
                        .append(": ")
                        .append(error.getReason()));
                return new ProviderException(text.toString(), failure);
            }
            return null;
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
