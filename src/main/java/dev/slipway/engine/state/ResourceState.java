package dev.slipway.engine.state;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one resource.
 *
 * @param id the provider's name for it; empty for a component, and for a resource that a preview would create
 * @param inputs the checked inputs of the last step that succeeded
 * @param outputs what the provider answered then; secrets are wrapped, never in clear when written
 * @param initErrors why the resource, though it exists, is not as it should be; the next run updates it even without a change
 */
public record ResourceState(
        Urn urn,
        boolean custom,
        String id,
        PropertyMap inputs,
        PropertyMap outputs,
        Links links,
        Marks marks,
        List<String> initErrors,
        Options options,
        Times times) {

    public ResourceState {
        Objects.requireNonNull(urn, "urn is null");
        Objects.requireNonNull(id, "id is null");
        initErrors = List.copyOf(initErrors);
    }

    /** Everything it refers to. */
    public record Links(
            @Nullable Urn parent,
            List<Urn> dependencies,
            Map<String, List<Urn>> propertyDependencies,
            @Nullable String provider,
            @Nullable Urn deletedWith) {
        public static final Links NONE = new Links(null, List.of(), Map.of(), null, null);

        public Links {
            dependencies = List.copyOf(dependencies);
            propertyDependencies = Map.copyOf(propertyDependencies);
        }
    }

    /**
     * @param delete replaced already, waiting to be deleted
     * @param external read, not managed
     * @param pendingReplacement deleted already, waiting for its replacement to be made
     */
    public record Marks(
            boolean delete, boolean external, boolean pendingReplacement, boolean protect, boolean retainOnDelete) {
        public static final Marks NONE = new Marks(false, false, false, false, false);

        public Marks withDelete(boolean value) {
            return new Marks(value, external, pendingReplacement, protect, retainOnDelete);
        }

        public Marks withPendingReplacement(boolean value) {
            return new Marks(delete, external, value, protect, retainOnDelete);
        }

        public Marks withProtect(boolean value) {
            return new Marks(delete, external, pendingReplacement, value, retainOnDelete);
        }
    }

    /** Options that later runs need. Timeouts are in seconds; 0 means the provider's default. */
    public record Options(
            List<String> additionalSecretOutputs,
            List<String> ignoreChanges,
            List<String> replaceOnChanges,
            List<String> hideDiff,
            Timeouts timeouts,
            @Nullable String importId,
            @Nullable String sourcePosition) {
        public static final Options NONE =
                new Options(List.of(), List.of(), List.of(), List.of(), Timeouts.DEFAULT, null, null);

        public Options {
            additionalSecretOutputs = List.copyOf(additionalSecretOutputs);
            ignoreChanges = List.copyOf(ignoreChanges);
            replaceOnChanges = List.copyOf(replaceOnChanges);
            hideDiff = List.copyOf(hideDiff);
        }
    }

    /** Seconds; 0 means the provider's default. */
    public record Timeouts(double create, double update, double delete, double read) {
        public static final Timeouts DEFAULT = new Timeouts(0, 0, 0, 0);
    }

    /** When it was made and last changed; absent in states that older engines wrote. */
    public record Times(@Nullable Instant created, @Nullable Instant modified) {
        public static final Times UNKNOWN = new Times(null, null);
    }

    public String type() {
        return urn.type();
    }

    /** Whether this is a provider ({@code pulumi:providers:PACKAGE}) rather than something a provider manages. */
    public boolean isProvider() {
        return type().startsWith("pulumi:providers:");
    }

    /** How other resources name this one when it is their provider: {@code URN::ID}. */
    public String reference() {
        return urn + "::" + id;
    }

    public Optional<String> provider() {
        return Optional.ofNullable(links.provider());
    }

    public Optional<Urn> parent() {
        return Optional.ofNullable(links.parent());
    }

    /** Every resource that has to exist while this one does. */
    public Set<Urn> needs() {
        Set<Urn> needs = needsBesideProvider();
        provider().map(ProviderReference::urnOf).ifPresent(needs::add);
        return needs;
    }

    /** The same without its provider, which is needed by name and id: two of that name may be recorded, old and new. */
    public Set<Urn> needsBesideProvider() {
        var needs = new LinkedHashSet<>(links.dependencies());
        new TreeMap<>(links.propertyDependencies()).values().forEach(needs::addAll);
        parent().ifPresent(needs::add);
        Optional.ofNullable(links.deletedWith()).ifPresent(needs::add);
        return needs;
    }

    public ResourceState withInputs(PropertyMap value) {
        return new ResourceState(urn, custom, id, value, outputs, links, marks, initErrors, options, times);
    }

    public ResourceState withOutputs(PropertyMap value) {
        return new ResourceState(urn, custom, id, inputs, value, links, marks, initErrors, options, times);
    }

    public ResourceState withId(String value) {
        return new ResourceState(urn, custom, value, inputs, outputs, links, marks, initErrors, options, times);
    }

    public ResourceState withUrn(Urn value) {
        return new ResourceState(value, custom, id, inputs, outputs, links, marks, initErrors, options, times);
    }

    public ResourceState withLinks(Links value) {
        return new ResourceState(urn, custom, id, inputs, outputs, value, marks, initErrors, options, times);
    }

    public ResourceState withMarks(Marks value) {
        return new ResourceState(urn, custom, id, inputs, outputs, links, value, initErrors, options, times);
    }

    public ResourceState withInitErrors(List<String> value) {
        return new ResourceState(urn, custom, id, inputs, outputs, links, marks, value, options, times);
    }

    public ResourceState withTimes(Times value) {
        return new ResourceState(urn, custom, id, inputs, outputs, links, marks, initErrors, options, value);
    }
}
