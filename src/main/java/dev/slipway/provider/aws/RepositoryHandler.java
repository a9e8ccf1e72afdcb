package dev.slipway.provider.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Checking;
import dev.slipway.provider.ResourceHandler;
import dev.slipway.provider.Unhealthy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;

/** {@code slipway:index:Repository}: a private ECR repository in the provider's account and region. Its id is its name. */
final class RepositoryHandler implements ResourceHandler.Updatable<RepositoryInputs, RepositoryState> {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern FILTER = Pattern.compile("[0-9a-zA-Z._*-]{1,128}");
    private static final int MOST_FILTERS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AwsSession session;
    private final EcrRepositories repositories;

    RepositoryHandler(AwsSession session) {
        this.session = session;
        this.repositories = new EcrRepositories(session);
    }

    @Override
    public Class<RepositoryInputs> inputs() {
        return RepositoryInputs.class;
    }

    @Override
    public Class<RepositoryState> state() {
        return RepositoryState.class;
    }

    @Override
    public Optional<PhysicalName> physicalName() {
        return Optional.of(new PhysicalName("repositoryName", 256, true));
    }

    @Override
    public List<String> stables() {
        return List.of("arn", "registryId", "repositoryUri");
    }

    @Override
    public void check(Checking<RepositoryInputs> checking) {
        RepositoryInputs inputs = checking.inputs();
        String name = inputs.repositoryName();
        if (name != null
                && (name.length() < 2
                        || name.length() > 256
                        || !NAME.matcher(name).matches())) {
            checking.fail(
                    "repositoryName",
                    "`" + name + "` is no repository name: expected 2 to 256 small letters and digits, parted by single"
                            + " dots, underscores, dashes or slashes");
        }
        checkMutability(checking);
        checkLifecycle(checking);
        if (inputs.kmsKey() != null
                && !checking.unknown("encryptionType")
                && (inputs.encryptionType() == null || inputs.encryptionType() == RepositoryInputs.Encryption.AES256)) {
            checking.fail(
                    "kmsKey",
                    "only the encryption types KMS and KMS_DSSE take a key; set encryptionType to one of them");
        }
        Tags.check(checking, inputs.tags());
    }

    private static void checkMutability(Checking<RepositoryInputs> checking) {
        RepositoryInputs inputs = checking.inputs();
        String property = "imageTagMutabilityExclusionFilters";
        List<String> filters = inputs.imageTagMutabilityExclusionFilters();
        if (filters == null) {
            if (checking.absent(property)
                    && inputs.imageTagMutability() != null
                    && inputs.imageTagMutability().excludes()) {
                checking.fail(property, inputs.imageTagMutability() + " needs the tags that it excludes");
            }
            return;
        }
        if (!checking.unknown("imageTagMutability")
                && (inputs.imageTagMutability() == null
                        || !inputs.imageTagMutability().excludes())) {
            checking.fail(
                    property,
                    "only the mutabilities MUTABLE_WITH_EXCLUSION and IMMUTABLE_WITH_EXCLUSION exclude tags; set"
                            + " imageTagMutability to one of them");
        }
        if (filters.size() > MOST_FILTERS) {
            checking.fail(property, filters.size() + " filters; ECR takes " + MOST_FILTERS);
        }
        for (int i = 0; i < filters.size(); i++) {
            if (!FILTER.matcher(filters.get(i)).matches()) {
                checking.fail(
                        PropertyPath.of(property).child(i),
                        "`" + filters.get(i)
                                + "` is no filter: expected 1 to 128 of letters, digits, `.`, `_`, `-` and `*`");
            }
        }
    }

    private static void checkLifecycle(Checking<RepositoryInputs> checking) {
        String policy = checking.inputs().lifecyclePolicy();
        if (policy == null) {
            return;
        }
        Optional<JsonNode> tree = json(policy);
        if (tree.filter(node -> node.path("rules").isArray()).isEmpty()) {
            checking.fail("lifecyclePolicy", "expected ECR's JSON, an object with a list of `rules`");
        } else {
            checking.set("lifecyclePolicy", PropertyValue.of(tree.get().toString()));
        }
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<PropertyDiff> drift(Drift<RepositoryInputs, RepositoryState> look) {
        return look.olds().lifecyclePolicy() != null && look.news().lifecyclePolicy() == null
                ? List.of(new PropertyDiff(PropertyPath.of("lifecyclePolicy"), DiffKind.DELETE, Optional.empty()))
                : List.of();
    }

    @Override
    public Made<RepositoryState> create(Create<RepositoryInputs> call) {
        RepositoryInputs inputs = call.inputs();
        String name = Given.of(inputs.repositoryName(), "repositoryName");
        Optional<Repository> made = repositories.create(name, inputs, Tags.owned(inputs.tags(), call.urn()));
        Repository repository = made.orElseGet(() -> ours(call.urn(), name));
        try {
            return new Made<>(name, makeSo(call.urn(), repository, inputs, null));
        } catch (SdkException e) {
            throw Unhealthy.withNewInputs(
                    name,
                    state(repository, inputs, null),
                    List.of("the repository " + repository.repositoryArn()
                            + " is there, but it could not be made as it should be: "
                            + AwsErrors.words(e, session.settings().where())));
        }
    }

    /** The repository is there already: ours from a run whose answer was lost, or someone else's. */
    private Repository ours(Urn urn, String name) {
        String doing = "create Repository " + urn.name() + ": ";
        try {
            Repository found = repositories
                    .find(name)
                    .orElseThrow(() -> new ProviderException(doing + name + " was there and is gone now; run again"));
            if (!OwnershipTag.isOf(repositories.tags(found.repositoryArn()), urn)) {
                throw new ProviderException(
                        doing + "the repository " + found.repositoryArn()
                                + " exists already and was not made by this stack; choose another repositoryName, or import it");
            }
            return found;
        } catch (SdkException e) {
            throw new OutcomeUnknown(
                    doing + "a repository of its name is there, but whose it is can't be seen: "
                            + AwsErrors.words(e, session.settings().where()),
                    e);
        }
    }

    @Override
    public RepositoryState update(Update<RepositoryInputs, RepositoryState> call) {
        Repository repository = repositories
                .find(call.id())
                .orElseThrow(() ->
                        new ProviderException("update Repository " + call.urn().name() + ": the repository " + call.id()
                                + " is gone; refresh the stack, then run again"));
        return makeSo(call.urn(), repository, call.inputs(), call.oldInputs());
    }

    private RepositoryState makeSo(
            Urn urn, Repository repository, RepositoryInputs inputs, @Nullable RepositoryInputs olds) {
        String name = repository.repositoryName();
        repositories.makeSo(repository, inputs);
        String lifecycle = repositories.lifecyclePolicy(name).orElse(null);
        boolean ours = inputs.lifecyclePolicy() != null || (olds != null && olds.lifecyclePolicy() != null);
        if (ours && !same(inputs.lifecyclePolicy(), lifecycle)) {
            repositories.putLifecyclePolicy(name, inputs.lifecyclePolicy());
            lifecycle = inputs.lifecyclePolicy();
        }
        Map<String, String> oldTags = olds == null ? null : olds.tags();
        if (oldTags != null || inputs.tags() != null) {
            repositories.putTags(repository.repositoryArn(), oldTags, Tags.owned(inputs.tags(), urn));
        }
        Repository actual = repositories.find(name).orElse(repository);
        return state(actual, inputs, lifecycle);
    }

    private static boolean same(@Nullable String left, @Nullable String right) {
        return left == null || right == null
                ? left == null && right == null
                : json(left).equals(json(right));
    }

    @Override
    public Optional<Found<RepositoryInputs, RepositoryState>> read(Read<RepositoryInputs, RepositoryState> call) {
        // An import may name the repository by its ARN.
        String name = call.id()
                .substring(call.id().indexOf(":repository/") < 0 ? 0 : call.id().indexOf('/') + 1);
        return repositories.find(name).map(repository -> {
            RepositoryInputs asked = call.inputs().orElse(null);
            Map<String, String> tags =
                    Tags.shown(repositories.tags(repository.repositoryArn()), asked == null ? null : asked.tags());
            RepositoryInputs known = new RepositoryInputs(
                    name,
                    null,
                    null,
                    null,
                    asked == null ? null : asked.lifecyclePolicy(),
                    null,
                    null,
                    asked == null ? null : asked.forceDelete(),
                    tags);
            RepositoryState state =
                    state(repository, known, repositories.lifecyclePolicy(name).orElse(null));
            return new Found<>(
                    name,
                    new RepositoryInputs(
                            name,
                            state.imageTagMutability(),
                            state.imageTagMutabilityExclusionFilters(),
                            state.scanOnPush(),
                            state.lifecyclePolicy(),
                            state.encryptionType(),
                            state.kmsKey(),
                            state.forceDelete(),
                            tags),
                    state);
        });
    }

    @Override
    public void delete(Delete<RepositoryState> call) {
        try {
            repositories.delete(call.id(), Boolean.TRUE.equals(call.state().forceDelete()));
        } catch (RepositoryNotEmptyException e) {
            throw new ProviderException(
                    "delete Repository " + call.urn().name() + ": there are images in " + call.id()
                            + ". Delete them, or set forceDelete to true and run `up` before you delete it.",
                    e);
        }
    }

    private static RepositoryState state(Repository repository, RepositoryInputs inputs, @Nullable String lifecycle) {
        var encryption = repository.encryptionConfiguration();
        List<String> filters = repository.imageTagMutabilityExclusionFilters().stream()
                .map(ImageTagMutabilityExclusionFilter::filter)
                .toList();
        return new RepositoryState(
                repository.repositoryName(),
                Words.constant(RepositoryInputs.Mutability.values(), repository.imageTagMutabilityAsString()),
                filters.isEmpty() ? null : filters,
                repository.imageScanningConfiguration() == null
                        ? null
                        : repository.imageScanningConfiguration().scanOnPush(),
                same(inputs.lifecyclePolicy(), lifecycle) ? inputs.lifecyclePolicy() : lifecycle,
                encryption == null
                        ? null
                        : Words.constant(RepositoryInputs.Encryption.values(), encryption.encryptionTypeAsString()),
                encryption == null ? null : encryption.kmsKey(),
                inputs.forceDelete(),
                inputs.tags(),
                repository.repositoryArn(),
                repository.registryId(),
                repository.repositoryUri());
    }
}
