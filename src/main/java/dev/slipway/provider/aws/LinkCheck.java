package dev.slipway.provider.aws;

import dev.slipway.property.PropertyPath;
import dev.slipway.provider.Checking;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for what a service refers to beside its image and its roles: configurations, a connector, a key. */
final class LinkCheck {
    private static final String APP_RUNNER = "arn:aws(-[a-z]+)*:apprunner:[a-z0-9-]+:[0-9]{12}:";
    private static final String REVISION = "/[A-Za-z0-9_-]+(/[0-9]+(/[0-9a-f]{1,32})?)?";
    private static final Pattern SCALING = Pattern.compile(APP_RUNNER + "autoscalingconfiguration" + REVISION);
    private static final Pattern OBSERVABILITY = Pattern.compile(APP_RUNNER + "observabilityconfiguration" + REVISION);
    private static final Pattern CONNECTOR = Pattern.compile(APP_RUNNER + "vpcconnector" + REVISION);
    private static final Pattern KEY = Pattern.compile(
            "arn:aws(-[a-z]+)*:kms:[a-z-]+-[0-9]:[0-9]{12}:key/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Checking<ServiceInputs> checking;
    private final ServiceInputs inputs;

    LinkCheck(Checking<ServiceInputs> checking) {
        this.checking = checking;
        this.inputs = checking.inputs();
    }

    void run() {
        arn(
                PropertyPath.of("autoScalingConfigurationArn"),
                inputs.autoScalingConfigurationArn(),
                SCALING,
                "arn:aws:apprunner:REGION:ACCOUNT:autoscalingconfiguration/NAME[/REVISION[/ID]]");
        arn(
                PropertyPath.of("kmsKey"),
                inputs.kmsKey(),
                KEY,
                "arn:aws:kms:REGION:ACCOUNT:key/UUID, of a key and no alias");
        if (inputs.network() != null) {
            checkNetwork(inputs.network());
        }
        if (inputs.observability() != null) {
            checkObservability(inputs.observability());
        }
    }

    private void checkNetwork(Network network) {
        PropertyPath at = PropertyPath.of("network");
        PropertyPath connector = at.child("vpcConnectorArn");
        arn(
                connector,
                network.vpcConnectorArn(),
                CONNECTOR,
                "arn:aws:apprunner:REGION:ACCOUNT:vpcconnector/NAME/REVISION/ID");
        boolean given = network.vpcConnectorArn() != null;
        if (given && network.egressType() == Network.Egress.DEFAULT) {
            checking.fail(
                    connector, "only egressType VPC goes through a connector; leave it out, or set egressType to VPC");
        } else if (!given && network.egressType() == Network.Egress.VPC && !checking.unknown("network")) {
            checking.fail(connector, "egressType VPC needs the ARN of a VPC connector");
        }
    }

    private void checkObservability(Observability observability) {
        PropertyPath configuration = PropertyPath.of("observability").child("configurationArn");
        arn(
                configuration,
                observability.configurationArn(),
                OBSERVABILITY,
                "arn:aws:apprunner:REGION:ACCOUNT:observabilityconfiguration/NAME[/REVISION[/ID]]");
        if (Boolean.FALSE.equals(observability.enabled()) && observability.configurationArn() != null) {
            checking.fail(configuration, "a configuration needs enabled to be true; leave one of them out");
        }
    }

    private void arn(PropertyPath path, @Nullable String value, Pattern form, String expected) {
        if (value != null && !form.matcher(value).matches()) {
            checking.fail(path, "`" + value + "` is none: expected " + expected);
        }
    }
}
