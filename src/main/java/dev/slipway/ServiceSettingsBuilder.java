package dev.slipway;

import com.pulumi.core.Output;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets what {@link ServiceSettings} has; each property has its documentation at its getter there.
 *
 * @param <B> the builder itself, so that its own setters can follow
 */
public abstract sealed class ServiceSettingsBuilder<B extends ServiceSettingsBuilder<B>>
        permits ServiceArgs.Builder, ImageServiceArgs.Builder {
    private final ServiceSettings settings;

    ServiceSettingsBuilder(ServiceSettings settings) {
        this.settings = settings;
    }

    abstract B self();

    /** Sets everything that {@code from} has, and clears what it has not. */
    public B settings(ServiceSettings from) {
        settings.serviceName = from.serviceName;
        settings.accessRoleArn = from.accessRoleArn;
        settings.port = from.port;
        settings.startCommand = from.startCommand;
        settings.environment = from.environment;
        settings.environmentSecrets = from.environmentSecrets;
        settings.cpu = from.cpu;
        settings.memory = from.memory;
        settings.instanceRoleArn = from.instanceRoleArn;
        settings.healthCheck = from.healthCheck;
        settings.scaling = from.scaling;
        settings.autoScalingConfigurationArn = from.autoScalingConfigurationArn;
        settings.network = from.network;
        settings.observability = from.observability;
        settings.kmsKey = from.kmsKey;
        settings.autoDeploy = from.autoDeploy;
        settings.paused = from.paused;
        settings.redeployOn = from.redeployOn;
        settings.redeployMovedTag = from.redeployMovedTag;
        settings.tags = from.tags;
        return self();
    }

    /** @see ServiceSettings#serviceName() */
    public B serviceName(@Nullable Output<String> serviceName) {
        settings.serviceName = serviceName;
        return self();
    }

    /** @see ServiceSettings#serviceName() */
    public B serviceName(String serviceName) {
        return serviceName(Output.of(serviceName));
    }

    /** @see ServiceSettings#accessRoleArn() */
    public B accessRoleArn(@Nullable Output<String> accessRoleArn) {
        settings.accessRoleArn = accessRoleArn;
        return self();
    }

    /** @see ServiceSettings#accessRoleArn() */
    public B accessRoleArn(String accessRoleArn) {
        return accessRoleArn(Output.of(accessRoleArn));
    }

    /** @see ServiceSettings#port() */
    public B port(@Nullable Output<Integer> port) {
        settings.port = port;
        return self();
    }

    /** @see ServiceSettings#port() */
    public B port(Integer port) {
        return port(Output.of(port));
    }

    /** @see ServiceSettings#startCommand() */
    public B startCommand(@Nullable Output<String> startCommand) {
        settings.startCommand = startCommand;
        return self();
    }

    /** @see ServiceSettings#startCommand() */
    public B startCommand(String startCommand) {
        return startCommand(Output.of(startCommand));
    }

    /** @see ServiceSettings#environment() */
    public B environment(@Nullable Output<Map<String, String>> environment) {
        settings.environment = environment;
        return self();
    }

    /** @see ServiceSettings#environment() */
    public B environment(Map<String, String> environment) {
        return environment(Output.of(environment));
    }

    /** @see ServiceSettings#environmentSecrets() */
    public B environmentSecrets(@Nullable Output<Map<String, String>> environmentSecrets) {
        settings.environmentSecrets = environmentSecrets;
        return self();
    }

    /** @see ServiceSettings#environmentSecrets() */
    public B environmentSecrets(Map<String, String> environmentSecrets) {
        return environmentSecrets(Output.of(environmentSecrets));
    }

    /** @see ServiceSettings#cpu() */
    public B cpu(@Nullable Output<String> cpu) {
        settings.cpu = cpu;
        return self();
    }

    /** @see ServiceSettings#cpu() */
    public B cpu(String cpu) {
        return cpu(Output.of(cpu));
    }

    /** @see ServiceSettings#memory() */
    public B memory(@Nullable Output<String> memory) {
        settings.memory = memory;
        return self();
    }

    /** @see ServiceSettings#memory() */
    public B memory(String memory) {
        return memory(Output.of(memory));
    }

    /** @see ServiceSettings#instanceRoleArn() */
    public B instanceRoleArn(@Nullable Output<String> instanceRoleArn) {
        settings.instanceRoleArn = instanceRoleArn;
        return self();
    }

    /** @see ServiceSettings#instanceRoleArn() */
    public B instanceRoleArn(String instanceRoleArn) {
        return instanceRoleArn(Output.of(instanceRoleArn));
    }

    /** @see ServiceSettings#healthCheck() */
    public B healthCheck(@Nullable Output<HealthCheckArgs> healthCheck) {
        settings.healthCheck = healthCheck;
        return self();
    }

    /** @see ServiceSettings#healthCheck() */
    public B healthCheck(HealthCheckArgs healthCheck) {
        return healthCheck(Output.of(healthCheck));
    }

    /** @see ServiceSettings#scaling() */
    public B scaling(@Nullable Output<ScalingArgs> scaling) {
        settings.scaling = scaling;
        return self();
    }

    /** @see ServiceSettings#scaling() */
    public B scaling(ScalingArgs scaling) {
        return scaling(Output.of(scaling));
    }

    /** @see ServiceSettings#autoScalingConfigurationArn() */
    public B autoScalingConfigurationArn(@Nullable Output<String> autoScalingConfigurationArn) {
        settings.autoScalingConfigurationArn = autoScalingConfigurationArn;
        return self();
    }

    /** @see ServiceSettings#autoScalingConfigurationArn() */
    public B autoScalingConfigurationArn(String autoScalingConfigurationArn) {
        return autoScalingConfigurationArn(Output.of(autoScalingConfigurationArn));
    }

    /** @see ServiceSettings#network() */
    public B network(@Nullable Output<NetworkArgs> network) {
        settings.network = network;
        return self();
    }

    /** @see ServiceSettings#network() */
    public B network(NetworkArgs network) {
        return network(Output.of(network));
    }

    /** @see ServiceSettings#observability() */
    public B observability(@Nullable Output<ObservabilityArgs> observability) {
        settings.observability = observability;
        return self();
    }

    /** @see ServiceSettings#observability() */
    public B observability(ObservabilityArgs observability) {
        return observability(Output.of(observability));
    }

    /** @see ServiceSettings#kmsKey() */
    public B kmsKey(@Nullable Output<String> kmsKey) {
        settings.kmsKey = kmsKey;
        return self();
    }

    /** @see ServiceSettings#kmsKey() */
    public B kmsKey(String kmsKey) {
        return kmsKey(Output.of(kmsKey));
    }

    /** @see ServiceSettings#autoDeploy() */
    public B autoDeploy(@Nullable Output<Boolean> autoDeploy) {
        settings.autoDeploy = autoDeploy;
        return self();
    }

    /** @see ServiceSettings#autoDeploy() */
    public B autoDeploy(Boolean autoDeploy) {
        return autoDeploy(Output.of(autoDeploy));
    }

    /** @see ServiceSettings#paused() */
    public B paused(@Nullable Output<Boolean> paused) {
        settings.paused = paused;
        return self();
    }

    /** @see ServiceSettings#paused() */
    public B paused(Boolean paused) {
        return paused(Output.of(paused));
    }

    /** @see ServiceSettings#redeployOn() */
    public B redeployOn(@Nullable Output<Map<String, String>> redeployOn) {
        settings.redeployOn = redeployOn;
        return self();
    }

    /** @see ServiceSettings#redeployOn() */
    public B redeployOn(Map<String, String> redeployOn) {
        return redeployOn(Output.of(redeployOn));
    }

    /** @see ServiceSettings#redeployMovedTag() */
    public B redeployMovedTag(@Nullable Output<Boolean> redeployMovedTag) {
        settings.redeployMovedTag = redeployMovedTag;
        return self();
    }

    /** @see ServiceSettings#redeployMovedTag() */
    public B redeployMovedTag(Boolean redeployMovedTag) {
        return redeployMovedTag(Output.of(redeployMovedTag));
    }

    /** @see ServiceSettings#tags() */
    public B tags(@Nullable Output<Map<String, String>> tags) {
        settings.tags = tags;
        return self();
    }

    /** @see ServiceSettings#tags() */
    public B tags(Map<String, String> tags) {
        return tags(Output.of(tags));
    }
}
