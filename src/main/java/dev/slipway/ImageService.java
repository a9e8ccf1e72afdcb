package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.core.internal.Codegen;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service with just what its image's source needs:
 *
 * <ul>
 *   <li>Amazon ECR of the same account: an {@link AccessRole} and the {@link Service};
 *   <li>Amazon ECR of another account: also a {@link RepositoryPolicy} there, made with
 *       {@link ImageServiceArgs#repositoryProvider()};
 *   <li>Amazon ECR Public: the {@link Service} alone.
 * </ul>
 */
@ResourceType(type = ImageService.TYPE)
@SuppressWarnings("NullAway.Init") // the SDK sets the exported fields while the constructor of the base class runs
public final class ImageService extends ComponentResource {
    static final String TYPE = "slipway:index:ImageService";

    @Export(
            name = "url",
            refs = {String.class},
            tree = "[0]")
    private Output<String> url;

    @Export(
            name = "serviceArn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> serviceArn;

    @Export(
            name = "serviceId",
            refs = {String.class},
            tree = "[0]")
    private Output<String> serviceId;

    @Export(
            name = "status",
            refs = {String.class},
            tree = "[0]")
    private Output<String> status;

    @Export(
            name = "accessRoleArn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> accessRoleArn;

    public ImageService(String name, ImageServiceArgs args) {
        this(name, args, null);
    }

    /**
     * Declares the resources, as children of this component. The service has the component's name.
     *
     * @param args null only with the option {@code urn}, when the SDK looks at a component that is already there
     * @throws com.pulumi.exceptions.RunException when App Runner cannot run the image, or when it lies in another
     *     account and there are no credentials for that account; nothing is declared then
     */
    public ImageService(String name, @Nullable ImageServiceArgs args, @Nullable ComponentResourceOptions options) {
        super(TYPE, name, checked(name, args, options));
        if (args == null) {
            return;
        }
        var plan = ImagePlan.of(name, args);
        var role = args.accessRoleArn().orElse(null);
        if (role == null && plan.repositoryArn().isPresent()) {
            role = declareAccessRole(name, plan.repositoryArn().get());
        }
        var policy = plan.foreign() && role != null ? declareRepositoryPolicy(name, args, plan, role) : null;
        var service = declareService(name, args, role, policy);

        url = service.url();
        serviceArn = service.arn();
        serviceId = service.serviceId();
        status = service.status();
        accessRoleArn = Codegen.ofNullable(role);
        registerOutputs(Map.of(
                "url", url,
                "serviceArn", serviceArn,
                "serviceId", serviceId,
                "status", status,
                "accessRoleArn", accessRoleArn));
    }

    private static @Nullable ComponentResourceOptions checked(
            String name, @Nullable ImageServiceArgs args, @Nullable ComponentResourceOptions options) {
        if (args != null) {
            ImagePlan.of(name, args);
        } else if (options == null || options.getUrn().isEmpty()) {
            throw new IllegalArgumentException("ImageService " + name + " has no arguments");
        }
        return options;
    }

    private Output<String> declareAccessRole(String name, String repositoryArn) {
        var args = AccessRoleArgs.builder().repositories(repositoryArn).build();
        return new AccessRole(name + "-access", args, child().build()).arn();
    }

    private RepositoryPolicy declareRepositoryPolicy(
            String name, ImageServiceArgs args, ImagePlan plan, Output<String> role) {
        var statement = RepositoryPolicyArgs.builder()
                .repository(plan.repositoryArn().orElseThrow())
                .principals(role.applyValue(List::of))
                .build();
        var options = child().provider(args.repositoryProvider().orElseThrow()).build();
        return new RepositoryPolicy(name + "-pull", statement, options);
    }

    private Service declareService(
            String name, ImageServiceArgs args, @Nullable Output<String> role, @Nullable RepositoryPolicy policy) {
        var options = child();
        if (policy != null) {
            // App Runner pulls while it creates the service, and nothing in the service's own properties says so.
            options.dependsOn(policy);
        }
        var service = ServiceArgs.builder()
                .settings(args)
                .image(args.image())
                .accessRoleArn(role)
                .build();
        return new Service(name, service, options.build());
    }

    private CustomResourceOptions.Builder child() {
        return CustomResourceOptions.builder().parent(this);
    }

    /** Where the service answers, with the scheme. */
    public Output<String> url() {
        return url;
    }

    /** The service's ARN. */
    public Output<String> serviceArn() {
        return serviceArn;
    }

    /** The service's id in App Runner: 32 hexadecimal digits. */
    public Output<String> serviceId() {
        return serviceId;
    }

    /** App Runner's word for the state of the service, for example {@code RUNNING}. */
    public Output<String> status() {
        return status;
    }

    /** The role that the image is pulled with; empty for ECR Public. */
    public Output<Optional<String>> accessRoleArn() {
        return Codegen.optional(accessRoleArn);
    }
}
