package dev.slipway.provider.plugin;

import com.google.protobuf.Struct;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.UpdateResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import pulumirpc.Provider;

/** Writes a provider's answers. */
final class Responses {
    private Responses() {}

    static Provider.CheckResponse check(CheckResponse response) {
        return Provider.CheckResponse.newBuilder()
                .setInputs(StructCodec.toStruct(response.inputs()))
                .addAllFailures(failures(response.failures()))
                .build();
    }

    static Provider.InvokeResponse invoke(InvokeResponse response) {
        return Provider.InvokeResponse.newBuilder()
                .setReturn(outputs(response.result()))
                .addAllFailures(failures(response.failures()))
                .build();
    }

    /**
     * What a program gets back. A property with a secret somewhere in it is a secret as a whole, as Pulumi's SDKs take it anyway: the host for YAML
     * knows secrets at the top only, and would show one further down as a structure of its own, in clear.
     */
    static Struct outputs(PropertyMap outputs) {
        var whole = new LinkedHashMap<String, PropertyValue>();
        outputs.values()
                .forEach((name, value) ->
                        whole.put(name, value.containsSecret() ? new PropertyValue.Secret(value.reveal()) : value));
        return StructCodec.toStruct(new PropertyMap(whole));
    }

    private static List<Provider.CheckFailure> failures(List<CheckFailure> failures) {
        return failures.stream()
                .map(failure -> Provider.CheckFailure.newBuilder()
                        .setProperty(failure.path().toString())
                        .setReason(failure.reason())
                        .build())
                .toList();
    }

    /** The names of top-level properties stand beside the detailed difference for engines and displays that read only those. */
    static Provider.DiffResponse diff(DiffResponse response) {
        var answer = Provider.DiffResponse.newBuilder()
                .setChanges(
                        response.changes()
                                ? Provider.DiffResponse.DiffChanges.DIFF_SOME
                                : Provider.DiffResponse.DiffChanges.DIFF_NONE)
                .addAllDiffs(topLevel(response.diffs()))
                .addAllReplaces(topLevel(response.diffs().stream()
                        .filter(diff -> diff.kind().replaces())
                        .toList()))
                .addAllStables(response.stables())
                .setDeleteBeforeReplace(response.deleteBeforeReplace())
                .setHasDetailedDiff(true);
        response.diffs()
                .forEach(diff -> answer.putDetailedDiff(
                        diff.path().toString(),
                        Provider.PropertyDiff.newBuilder()
                                .setKind(kind(diff.kind()))
                                .build()));
        return answer.build();
    }

    private static Set<String> topLevel(List<PropertyDiff> diffs) {
        return diffs.stream().map(diff -> diff.path().topLevel()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Provider.PropertyDiff.Kind kind(DiffKind kind) {
        return switch (kind) {
            case ADD -> Provider.PropertyDiff.Kind.ADD;
            case ADD_REPLACE -> Provider.PropertyDiff.Kind.ADD_REPLACE;
            case DELETE -> Provider.PropertyDiff.Kind.DELETE;
            case DELETE_REPLACE -> Provider.PropertyDiff.Kind.DELETE_REPLACE;
            case UPDATE -> Provider.PropertyDiff.Kind.UPDATE;
            case UPDATE_REPLACE -> Provider.PropertyDiff.Kind.UPDATE_REPLACE;
        };
    }

    static Provider.CreateResponse create(CreateResponse response) {
        return Provider.CreateResponse.newBuilder()
                .setId(response.id())
                .setProperties(outputs(response.outputs()))
                .build();
    }

    static Provider.ReadResponse read(ReadResponse response) {
        return Provider.ReadResponse.newBuilder()
                .setId(response.id())
                .setInputs(StructCodec.toStruct(response.inputs()))
                .setProperties(outputs(response.outputs()))
                .build();
    }

    static Provider.UpdateResponse update(UpdateResponse response) {
        return Provider.UpdateResponse.newBuilder()
                .setProperties(outputs(response.outputs()))
                .build();
    }
}
