package dev.slipway.cloud.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A service on the wire: its names and the operations it answers. Operations that the SDK knows but nobody added answer with an
 * error that names them. Built once, then immutable.
 */
public final class AwsService {
    private final String signingName;
    private final Protocol protocol;
    private final String targetPrefix;
    private final String version;
    private final String modelPackage;
    private final Builder builder;
    private volatile @Nullable Map<String, Operation<?, ?>> operations;
    private volatile @Nullable ServiceModel model;

    private AwsService(Builder builder) {
        this.signingName = builder.signingName;
        this.protocol = builder.protocol;
        this.targetPrefix = builder.targetPrefix;
        this.version = builder.version;
        this.modelPackage = builder.modelPackage;
        this.model = builder.model;
        this.builder = builder;
    }

    /** A JSON service; {@code targetPrefix} is what comes before the dot in {@code X-Amz-Target}. */
    public static Builder json(Protocol protocol, String signingName, String targetPrefix, String modelPackage) {
        return new Builder(signingName, protocol, targetPrefix, "", modelPackage);
    }

    /** A query service; {@code version} is its {@code Version} parameter, which also is the end of its XML namespace. */
    public static Builder query(String signingName, String version, String modelPackage) {
        return new Builder(signingName, Protocol.QUERY, "", version, modelPackage);
    }

    public String signingName() {
        return signingName;
    }

    public Protocol protocol() {
        return protocol;
    }

    public String targetPrefix() {
        return targetPrefix;
    }

    public String version() {
        return version;
    }

    /** The XML namespace of a query service's answers. */
    public String namespace() {
        return "https://" + signingName + ".amazonaws.com/doc/" + version + "/";
    }

    /** The SDK package that holds the request and response classes. */
    public String modelPackage() {
        return modelPackage;
    }

    /** The regions where AWS offers this service; empty for all. */
    public Set<String> regions() {
        return builder.regions.get();
    }

    /** What AWS says of this service; read when the first call needs it. */
    ServiceModel model() {
        ServiceModel read = model;
        if (read == null) {
            read = ServiceModel.of(modelPackage);
            model = read;
        }
        return read;
    }

    public Map<String, Operation<?, ?>> operations() {
        Map<String, Operation<?, ?>> known = operations;
        if (known == null) {
            known = builder.all();
            operations = known;
        }
        return known;
    }

    /**
     * @param questions what the authorizer is asked before the handler runs, from the decoded request
     * @param anonymous true when the call needs no signature and asks nothing
     */
    public record Operation<I extends SdkPojo, O extends SdkPojo>(
            String name,
            Class<I> input,
            Class<O> output,
            BiFunction<Call, I, List<Authorizer.Question>> questions,
            BiFunction<Call, I, O> handler,
            boolean anonymous) {}

    public static final class Builder {
        private final String signingName;
        private final Protocol protocol;
        private final String targetPrefix;
        private final String version;
        private final String modelPackage;
        private final Map<String, Operation<?, ?>> operations = new LinkedHashMap<>();
        private Consumer<Builder> later = builder -> {};
        private Supplier<Set<String>> regions = Set::of;
        private @Nullable ServiceModel model;

        private Builder(
                String signingName, Protocol protocol, String targetPrefix, String version, String modelPackage) {
            this.signingName = signingName;
            this.protocol = protocol;
            this.targetPrefix = targetPrefix;
            this.version = version;
            this.modelPackage = modelPackage;
        }

        public <I extends SdkPojo, O extends SdkPojo> Builder on(
                String name,
                Class<I> input,
                Class<O> output,
                BiFunction<Call, I, List<Authorizer.Question>> questions,
                BiFunction<Call, I, O> handler) {
            operations.put(name, new Operation<>(name, input, output, questions, handler, false));
            return this;
        }

        /** An operation that needs no signature; its call has {@link Caller#ANONYMOUS}. */
        public <I extends SdkPojo, O extends SdkPojo> Builder onAnonymous(
                String name, Class<I> input, Class<O> output, BiFunction<Call, I, O> handler) {
            operations.put(name, new Operation<>(name, input, output, (call, request) -> List.of(), handler, true));
            return this;
        }

        /** Not everywhere, but only in these regions; asked at each call. */
        public Builder onlyIn(Supplier<Set<String>> offered) {
            regions = offered;
            return this;
        }

        /** Another model than AWS's own, for tests. */
        Builder model(ServiceModel other) {
            model = other;
            return this;
        }

        /** Operations that are added when the first call needs them: their classes take time to load. */
        public Builder later(Consumer<Builder> more) {
            later = more;
            return this;
        }

        private synchronized Map<String, Operation<?, ?>> all() {
            Consumer<Builder> more = later;
            later = builder -> {};
            more.accept(this);
            return Collections.unmodifiableMap(new LinkedHashMap<>(operations));
        }

        public AwsService build() {
            return new AwsService(this);
        }
    }
}
