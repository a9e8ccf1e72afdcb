package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.core.internal.Codegen;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An App Runner service: a container image that runs, scales and answers under a URL.
 *
 * <p>The access role and the repository policy that an image in Amazon ECR needs are resources of their own;
 * {@link ImageService} declares the right ones for the image.
 */
@ResourceType(type = Service.TYPE)
@SuppressWarnings("NullAway.Init") // the SDK sets the exported fields while the constructor of the base class runs
public final class Service extends CustomResource {
    static final String TYPE = "slipway:index:Service";

    @Export(
            name = "serviceName",
            refs = {String.class},
            tree = "[0]")
    private Output<String> serviceName;

    @Export(
            name = "image",
            refs = {String.class},
            tree = "[0]")
    private Output<String> image;

    @Export(
            name = "accessRoleArn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> accessRoleArn;

    @Export(
            name = "port",
            refs = {Integer.class},
            tree = "[0]")
    private Output<Integer> port;

    @Export(
            name = "startCommand",
            refs = {String.class},
            tree = "[0]")
    private Output<String> startCommand;

    @Export(
            name = "environment",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private Output<Map<String, String>> environment;

    @Export(
            name = "cpu",
            refs = {String.class},
            tree = "[0]")
    private Output<String> cpu;

    @Export(
            name = "memory",
            refs = {String.class},
            tree = "[0]")
    private Output<String> memory;

    @Export(
            name = "instanceRoleArn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> instanceRoleArn;

    @Export(
            name = "healthCheck",
            refs = {HealthCheck.class},
            tree = "[0]")
    private Output<HealthCheck> healthCheck;

    @Export(
            name = "scaling",
            refs = {Scaling.class},
            tree = "[0]")
    private Output<Scaling> scaling;

    @Export(
            name = "autoDeploy",
            refs = {Boolean.class},
            tree = "[0]")
    private Output<Boolean> autoDeploy;

    @Export(
            name = "tags",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private Output<Map<String, String>> tags;

    @Export(
            name = "environmentSecrets",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private Output<Map<String, String>> environmentSecrets;

    @Export(
            name = "autoScalingConfigurationArn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> autoScalingConfigurationArn;

    @Export(
            name = "network",
            refs = {Network.class},
            tree = "[0]")
    private Output<Network> network;

    @Export(
            name = "observability",
            refs = {Observability.class},
            tree = "[0]")
    private Output<Observability> observability;

    @Export(
            name = "kmsKey",
            refs = {String.class},
            tree = "[0]")
    private Output<String> kmsKey;

    @Export(
            name = "paused",
            refs = {Boolean.class},
            tree = "[0]")
    private Output<Boolean> paused;

    @Export(
            name = "redeployOn",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private Output<Map<String, String>> redeployOn;

    @Export(
            name = "redeployMovedTag",
            refs = {Boolean.class},
            tree = "[0]")
    private Output<Boolean> redeployMovedTag;

    @Export(
            name = "deployedDigest",
            refs = {String.class},
            tree = "[0]")
    private Output<String> deployedDigest;

    @Export(
            name = "serviceId",
            refs = {String.class},
            tree = "[0]")
    private Output<String> serviceId;

    @Export(
            name = "arn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> arn;

    @Export(
            name = "url",
            refs = {String.class},
            tree = "[0]")
    private Output<String> url;

    @Export(
            name = "status",
            refs = {String.class},
            tree = "[0]")
    private Output<String> status;

    public Service(String name, ServiceArgs args) {
        this(name, args, null);
    }

    /**
     * Declares the resource.
     *
     * @param name its name in the stack, part of its URN
     */
    public Service(String name, @Nullable ServiceArgs args, @Nullable CustomResourceOptions options) {
        super(TYPE, name, args, Provider.versioned(options));
    }

    /** Reads one that somebody else manages; {@code id} is the ARN of the service. */
    public static Service get(String name, Output<String> id, @Nullable CustomResourceOptions options) {
        var lookup = CustomResourceOptions.builder().id(id).build();
        return new Service(name, null, CustomResourceOptions.merge(lookup, options));
    }

    /** @see ServiceSettings#serviceName() */
    public Output<String> serviceName() {
        return serviceName;
    }

    /** @see ServiceArgs#image() */
    public Output<String> image() {
        return image;
    }

    /** @see ServiceSettings#accessRoleArn() */
    public Output<Optional<String>> accessRoleArn() {
        return Codegen.optional(accessRoleArn);
    }

    /** @see ServiceSettings#port() */
    public Output<Integer> port() {
        return port;
    }

    /** @see ServiceSettings#startCommand() */
    public Output<Optional<String>> startCommand() {
        return Codegen.optional(startCommand);
    }

    /** @see ServiceSettings#environment() */
    public Output<Optional<Map<String, String>>> environment() {
        return Codegen.optional(environment);
    }

    /** @see ServiceSettings#cpu() */
    public Output<String> cpu() {
        return cpu;
    }

    /** @see ServiceSettings#memory() */
    public Output<String> memory() {
        return memory;
    }

    /** @see ServiceSettings#instanceRoleArn() */
    public Output<Optional<String>> instanceRoleArn() {
        return Codegen.optional(instanceRoleArn);
    }

    /** @see ServiceSettings#healthCheck() */
    public Output<HealthCheck> healthCheck() {
        return healthCheck;
    }

    /** @see ServiceSettings#scaling() */
    public Output<Scaling> scaling() {
        return scaling;
    }

    /** @see ServiceSettings#autoDeploy() */
    public Output<Boolean> autoDeploy() {
        return autoDeploy;
    }

    /** @see ServiceSettings#tags() */
    public Output<Optional<Map<String, String>>> tags() {
        return Codegen.optional(tags);
    }

    /** @see ServiceSettings#environmentSecrets() */
    public Output<Optional<Map<String, String>>> environmentSecrets() {
        return Codegen.optional(environmentSecrets);
    }

    /** The auto scaling configuration that the service has, also when {@link #scaling()} made it. */
    public Output<String> autoScalingConfigurationArn() {
        return autoScalingConfigurationArn;
    }

    /** @see ServiceSettings#network() */
    public Output<Network> network() {
        return network;
    }

    /** @see ServiceSettings#observability() */
    public Output<Observability> observability() {
        return observability;
    }

    /** @see ServiceSettings#kmsKey() */
    public Output<Optional<String>> kmsKey() {
        return Codegen.optional(kmsKey);
    }

    /** Whether the service is paused. */
    public Output<Boolean> paused() {
        return paused;
    }

    /** @see ServiceSettings#redeployOn() */
    public Output<Optional<Map<String, String>>> redeployOn() {
        return Codegen.optional(redeployOn);
    }

    /** @see ServiceSettings#redeployMovedTag() */
    public Output<Optional<Boolean>> redeployMovedTag() {
        return Codegen.optional(redeployMovedTag);
    }

    /**
     * Digest of the image that is deployed, as far as it is known: the one that the image names, or else the one that its tag named when
     * Slipway deployed it. App Runner itself tells none. So it is empty where the registry did not tell, for a service that was there before,
     * and when a refresh finds that another image was set or, with automatic deployment, pushed.
     */
    public Output<Optional<String>> deployedDigest() {
        return Codegen.optional(deployedDigest);
    }

    /** The service's id in App Runner: 32 hexadecimal digits. */
    public Output<String> serviceId() {
        return serviceId;
    }

    /** The service's ARN; also the resource's id. */
    public Output<String> arn() {
        return arn;
    }

    /** Where the service answers, with the scheme, for example {@code https://abc.us-east-1.awsapprunner.com}. */
    public Output<String> url() {
        return url;
    }

    /** App Runner's word for the state of the service, for example {@code RUNNING} or {@code CREATE_FAILED}. */
    public Output<String> status() {
        return status;
    }
}
