package dev.slipway.provider.plugin;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulumirpc.Provider.ConfigureErrorMissingKeys;
import pulumirpc.Provider.ErrorResourceInitFailed;

/**
 * Failures as an engine understands them: a message for a person, never a stack trace, and a code. Of a call that ended with {@code UNKNOWN} or {@code
 * INTERNAL} an engine takes it that it may have been carried out; with any other code that it was not.
 */
final class Failures {
    private Failures() {}

    /** @param doing what was asked, for a failure that nobody foresaw */
    static StatusRuntimeException status(String doing, Throwable failure) {
        if (failure instanceof StatusRuntimeException told) {
            return told;
        }
        if (failure instanceof InitializationFailed there) {
            return status(
                    Code.UNKNOWN,
                    there.getMessage(),
                    ErrorResourceInitFailed.newBuilder()
                            .setId(there.id())
                            .setInputs(StructCodec.toStruct(there.inputs()))
                            .setProperties(Responses.outputs(there.outputs()))
                            .addAllReasons(there.reasons())
                            .build());
        }
        if (failure instanceof ProviderException) {
            return status(Code.FAILED_PRECONDITION, failure.getMessage());
        }
        if (failure instanceof OutcomeUnknown) {
            return status(Code.UNKNOWN, failure.getMessage());
        }
        return status(
                Code.INTERNAL,
                doing + ": a fault of this provider, please report it: " + failure
                        + ". Run with --logtostderr -v=9 to see where it happened.");
    }

    /** Keys of the configuration that are missing: {@code pulumi} says how to set each. */
    static StatusRuntimeException missingKeys(String packageName, List<CheckFailure> missing) {
        var detail = ConfigureErrorMissingKeys.newBuilder();
        missing.forEach(failure -> detail.addMissingKeys(ConfigureErrorMissingKeys.MissingKey.newBuilder()
                .setName(packageName + ":" + failure.path())
                .setDescription(failure.reason())));
        return status(Code.INVALID_ARGUMENT, list(packageName, missing), detail.build());
    }

    static StatusRuntimeException wrongConfiguration(String packageName, List<CheckFailure> failures) {
        return status(Code.INVALID_ARGUMENT, list(packageName, failures));
    }

    private static String list(String packageName, List<CheckFailure> failures) {
        return failures.stream()
                .map(failure -> packageName + ":" + failure.path() + ": " + failure.reason())
                .collect(Collectors.joining(
                        "\n  ", "the configuration of the provider " + packageName + " is wrong:\n  ", ""));
    }

    static StatusRuntimeException invalid(String message) {
        return status(Code.INVALID_ARGUMENT, message);
    }

    private static StatusRuntimeException status(Code code, @Nullable String message, Message... details) {
        var status =
                com.google.rpc.Status.newBuilder().setCode(code.getNumber()).setMessage(String.valueOf(message));
        for (Message detail : details) {
            status.addDetails(Any.pack(detail));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
