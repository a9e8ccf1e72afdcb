package dev.slipway.engine.program;

import com.pulumi.resources.CustomTimeouts;
import dev.slipway.engine.Goal;
import dev.slipway.engine.Goal.GoalOptions;
import dev.slipway.engine.Goal.Timeouts;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import dev.slipway.property.wire.StructCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pulumirpc.AliasOuterClass.Alias;
import pulumirpc.Resource.ReadResourceRequest;
import pulumirpc.Resource.RegisterResourceRequest;

/** Reads the SDK's requests as the engine's goals. */
final class Goals {
    private static final double NANOS = 1e9;

    private final String stack;
    private final String project;

    Goals(String stack, String project) {
        this.stack = stack;
        this.project = project;
    }

    Goal goal(RegisterResourceRequest request) {
        Map<String, Set<Urn>> propertyDependencies = new LinkedHashMap<>();
        request.getPropertyDependenciesMap()
                .forEach((property, urns) -> propertyDependencies.put(property, urns(urns.getUrnsList())));
        return new Goal(
                request.getType(),
                request.getName(),
                request.getCustom(),
                text(request.getParent()).map(Urn::new),
                StructCodec.fromStruct(request.getObject()),
                urns(request.getDependenciesList()),
                propertyDependencies,
                text(request.getProvider()),
                request.getProvidersMap(),
                options(request));
    }

    Goal goal(ReadResourceRequest request) {
        return new Goal(
                request.getType(),
                request.getName(),
                true,
                text(request.getParent()).map(Urn::new),
                StructCodec.fromStruct(request.getProperties()),
                urns(request.getDependenciesList()),
                Map.of(),
                text(request.getProvider()),
                Map.of(),
                readOptions(request));
    }

    private GoalOptions options(RegisterResourceRequest request) {
        return new GoalOptions(
                request.hasProtect() ? Optional.of(request.getProtect()) : Optional.empty(),
                request.hasRetainOnDelete() ? Optional.of(request.getRetainOnDelete()) : Optional.empty(),
                request.getDeleteBeforeReplaceDefined()
                        ? Optional.of(request.getDeleteBeforeReplace())
                        : Optional.empty(),
                paths(request.getIgnoreChangesList()),
                paths(request.getReplaceOnChangesList()),
                request.getAdditionalSecretOutputsList(),
                aliases(request),
                text(request.getImportId()),
                text(request.getDeletedWith()).map(Urn::new),
                timeouts(request.getCustomTimeouts()),
                request.getVersion());
    }

    private static GoalOptions readOptions(ReadResourceRequest request) {
        GoalOptions none = GoalOptions.NONE;
        return new GoalOptions(
                none.protect(),
                none.retainOnDelete(),
                none.deleteBeforeReplace(),
                none.ignoreChanges(),
                none.replaceOnChanges(),
                request.getAdditionalSecretOutputsList(),
                none.aliases(),
                none.importId(),
                none.deletedWith(),
                none.timeouts(),
                request.getVersion());
    }

    /** Options that Pulumi has and a goal has not; the words for a warning. */
    static Optional<String> ignoredOptions(RegisterResourceRequest request) {
        List<String> ignored = new ArrayList<>();
        if (request.getReplaceWithCount() > 0) {
            ignored.add("replaceWith");
        }
        if (request.hasReplacementTrigger()) {
            ignored.add("replacementTrigger");
        }
        if (request.getHideDiffsCount() > 0) {
            ignored.add("hideDiffs");
        }
        return ignored.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", ignored));
    }

    private List<Urn> aliases(RegisterResourceRequest request) {
        List<Urn> aliases = new ArrayList<>();
        for (Alias alias : request.getAliasesList()) {
            aliases.add(alias.hasUrn() ? new Urn(alias.getUrn()) : former(alias.getSpec(), request));
        }
        return aliases;
    }

    /** The URN that the resource had before; what the alias leaves out is as it is now. */
    private Urn former(Alias.Spec alias, RegisterResourceRequest now) {
        String parent = alias.getNoParent() ? "" : text(alias.getParentUrn()).orElse(now.getParent());
        String parentType = parent.isEmpty() ? "" : new Urn(parent).qualifiedType();
        return Urn.of(
                text(alias.getStack()).orElse(stack),
                text(alias.getProject()).orElse(project),
                parentType,
                text(alias.getType()).orElse(now.getType()),
                text(alias.getName()).orElse(now.getName()));
    }

    private static Timeouts timeouts(RegisterResourceRequest.CustomTimeouts timeouts) {
        return new Timeouts(
                seconds(timeouts.getCreate()), seconds(timeouts.getUpdate()), seconds(timeouts.getDelete()));
    }

    private static double seconds(String goDuration) {
        Duration duration = CustomTimeouts.parseTimeoutString(goDuration);
        return duration == null ? 0 : duration.toNanos() / NANOS;
    }

    private static List<PropertyPath> paths(List<String> texts) {
        return texts.stream().map(PropertyPath::parse).toList();
    }

    private static Set<Urn> urns(Collection<String> texts) {
        Set<Urn> urns = new LinkedHashSet<>();
        texts.forEach(text -> urns.add(new Urn(text)));
        return urns;
    }

    /** Protobuf says nothing by an empty text. */
    static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
