package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.provider.Checking;
import java.util.regex.Pattern;

/** The rules for a service's environment: names, and where secrets are read from. */
final class EnvironmentCheck {
    private static final Pattern SECRET = Pattern.compile(
            "arn:aws(-[a-z]+)*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+(:[^:]*){0,3}");
    private static final Pattern PARAMETER =
            Pattern.compile("arn:aws(-[a-z]+)*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_./-]+");
    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z0-9_./-]{1,1011}");

    /** {@code RuntimeEnvironmentVariablesValue} of App Runner's API. */
    private static final int MOST_CHARACTERS = 51_200;

    private final Checking<ServiceInputs> checking;
    private final PropertyMap variables;
    private final PropertyMap secrets;

    EnvironmentCheck(Checking<ServiceInputs> checking) {
        this.checking = checking;
        this.variables = map(checking, "environment");
        this.secrets = map(checking, "environmentSecrets");
    }

    void run() {
        variables.values().forEach((name, value) -> {
            checkName("environment", name);
            if (value.reveal() instanceof PropertyValue.Text text
                    && text.value().length() > MOST_CHARACTERS) {
                checking.fail(
                        PropertyPath.of("environment").child(name),
                        "expected at most " + MOST_CHARACTERS + " characters, got "
                                + text.value().length()
                                + "; App Runner takes no more. Let the application fetch it, from Amazon S3 for example");
            }
        });
        secrets.values().forEach((name, value) -> {
            checkName("environmentSecrets", name);
            if (variables.get(name).isPresent()) {
                fail(name, "the variable is in `environment` too; a name can be in one of them only");
            }
            if (value.reveal() instanceof PropertyValue.Text reference) {
                checkReference(name, reference.value());
            }
        });
        if (!secrets.values().isEmpty() && checking.absent("instanceRoleArn")) {
            checking.fail(
                    "instanceRoleArn",
                    "App Runner reads environmentSecrets with the instance role; declare an InstanceRole that may read them"
                            + " and give its arn");
        }
    }

    private void checkName(String property, String name) {
        PropertyPath path = PropertyPath.of(property).child(name);
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            checking.fail(path, "a variable needs a name, without `=`");
        } else if (name.equals("PORT")) {
            checking.fail(path, "App Runner sets PORT itself, from the property `port`; set that instead");
        } else if (name.startsWith("AWSAPPRUNNER")) {
            checking.fail(path, "names that begin with AWSAPPRUNNER belong to App Runner");
        }
    }

    /** No message shows the value: whoever takes this for a variable has written a secret there. */
    private void checkReference(String name, String reference) {
        if (reference.startsWith("arn:")) {
            boolean right = SECRET.matcher(reference).matches()
                    || PARAMETER.matcher(reference).matches();
            if (!right) {
                fail(
                        name,
                        "no ARN of a secret: expected arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME, perhaps with"
                                + " :JSON-KEY:STAGE:VERSION, or arn:aws:ssm:REGION:ACCOUNT:parameter/NAME");
            }
        } else if (!PARAMETER_NAME.matcher(reference).matches()) {
            fail(
                    name,
                    "expected where the value is, not the value: the ARN of a secret in AWS Secrets Manager, or the ARN or"
                            + " name of a parameter in Systems Manager. A plain value belongs into `environment`.");
        }
    }

    private void fail(String name, String reason) {
        checking.fail(PropertyPath.of("environmentSecrets").child(name), reason);
    }

    private static PropertyMap map(Checking<ServiceInputs> checking, String property) {
        PropertyValue value =
                checking.news().get(property).map(PropertyValue::reveal).orElse(PropertyMap.EMPTY);
        return value instanceof PropertyMap map ? map : PropertyMap.EMPTY;
    }
}
