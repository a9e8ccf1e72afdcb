package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.InvalidImageReference;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.provider.Checking;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds at preview what App Runner would refuse at apply, and what it would accept but not do. */
final class ServiceCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{3,39}");
    private static final Pattern ROLE = Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+");

    /** What an update that leaves it out keeps: there is no way to tell App Runner "your default again". */
    private static final List<String> KEPT = List.of(
            "startCommand", "cpu", "memory", "instanceRoleArn", "healthCheck", "network", "observability", "kmsKey");

    /** The same of each of their members. */
    private static final List<String> KEPT_MEMBERS = List.of("healthCheck", "network");

    /** What the image and the roles have to fit. */
    private static final List<String> DEPLOYED = List.of("image", "accessRoleArn", "instanceRoleArn", "port");

    /** One of them is enough. */
    private static final List<String> KEPT_SCALING = List.of("scaling", "autoScalingConfigurationArn");

    private final AwsSession session;
    private final Checking<ServiceInputs> checking;
    private final ServiceInputs inputs;

    ServiceCheck(AwsSession session, Checking<ServiceInputs> checking) {
        this.session = session;
        this.checking = checking;
        this.inputs = checking.inputs();
    }

    void run() {
        if (inputs.serviceName() != null && !NAME.matcher(inputs.serviceName()).matches()) {
            checking.fail(
                    "serviceName",
                    "`" + inputs.serviceName()
                            + "` is no service name: expected 4 to 40 letters, digits, dashes or underscores, the first a letter or digit");
        }
        checkImage();
        checkRole("instanceRoleArn", inputs.instanceRoleArn());
        range(PropertyPath.of("port"), inputs.port(), 1, 65_535);
        if (inputs.startCommand() != null && !inputs.startCommand().matches("[^\\n\\r]+")) {
            checking.fail("startCommand", "expected one line that is not empty");
        }
        new EnvironmentCheck(checking).run();
        checkSize();
        checkHealth(inputs.healthCheck());
        checkScaling(inputs.scaling());
        new LinkCheck(checking).run();
        Tags.check(checking, inputs.tags());
        warnOfKept();
        if (DEPLOYED.stream().anyMatch(this::isNew)) {
            DeploymentPreflight.of(session, checked()).forEach(this::note);
        }
    }

    /** A warning as long as another resource of this run may push the image, or change the role, before the service's turn. */
    private void note(Finding finding) {
        if (finding.standing() != null) {
            checking.fail(finding.standing(), finding.message());
        } else {
            checking.warn((finding.certain() ? "the deployment would fail: " : "the deployment may fail: ")
                    + finding.message());
        }
    }

    /** Whether a property is another than in the last run, or there was none. */
    private boolean isNew(String property) {
        return !checking.checked(property).equals(checking.olds().flatMap(olds -> olds.get(property)));
    }

    /** The inputs with the defaults that this check has found. */
    private ServiceInputs checked() {
        boolean automatic = inputs.autoDeploy() == null
                ? checking.checked("autoDeploy").equals(Optional.of(PropertyValue.of(true)))
                : inputs.autoDeploy();
        return inputs.with(automatic);
    }

    private void checkImage() {
        if (inputs.image() == null) {
            checkRole("accessRoleArn", inputs.accessRoleArn());
            return;
        }
        ImageReference image;
        try {
            image = ImageReference.parse(inputs.image());
        } catch (InvalidImageReference e) {
            checking.fail("image", String.valueOf(e.getMessage()));
            return;
        }
        if (image.source() == ImageSource.ECR_PUBLIC) {
            if (!checking.absent("accessRoleArn")) {
                checking.fail(
                        "accessRoleArn",
                        "an image in Amazon ECR Public is pulled without a role; leave accessRoleArn out");
            }
        } else if (checking.absent("accessRoleArn")) {
            checking.fail(
                    "accessRoleArn",
                    "App Runner needs an access role to pull " + image
                            + " from Amazon ECR; declare an AccessRole and give its arn");
        } else {
            checkRole("accessRoleArn", inputs.accessRoleArn());
        }
        checkAutoDeploy(image);
    }

    private void checkAutoDeploy(ImageReference image) {
        if (checking.unknown("autoDeploy")) {
            return;
        }
        if (Boolean.FALSE.equals(inputs.autoDeploy())) {
            return;
        }
        boolean unset = inputs.autoDeploy() == null;
        Optional<String> refusal = autoDeployRefusal(image);
        boolean byTag = image.digest() == null;
        boolean sameRegion = session.settings().region().equals(image.region());
        if (unset) {
            checking.set("autoDeploy", PropertyValue.of(refusal.isEmpty() && byTag && sameRegion));
        } else if (refusal.isPresent()) {
            checking.fail("autoDeploy", refusal.get());
        } else if (!byTag) {
            checking.warn("autoDeploy has no effect: the image is named by its digest, which no push can change");
        } else if (!sameRegion) {
            checking.warn("autoDeploy has no effect: the image is in " + image.region() + ", and App Runner in "
                    + session.settings().region() + " sees only pushes of its own region");
        }
    }

    /** Why App Runner refuses automatic deployment of this image, in its own words; empty when it doesn't. */
    private Optional<String> autoDeployRefusal(ImageReference image) {
        if (image.source() == ImageSource.ECR_PUBLIC) {
            return Optional.of(
                    "App Runner doesn't support automatic deployments for an image in an ECR Public repository."
                            + " Leave autoDeploy out, or set it to false.");
        }
        String account = session.account();
        return image.registryAccount()
                .filter(owner -> !owner.equals(account))
                .map(owner ->
                        "App Runner doesn't support automatic deployments for an image in an ECR repository in a different AWS"
                                + " account than the one that the service is in. The image is in " + owner
                                + ", the service in "
                                + account + ". Leave autoDeploy out, or set it to false.");
    }

    private void checkRole(String property, @Nullable String arn) {
        if (arn != null && !isRole(arn)) {
            checking.fail(property, "`" + arn + "` is no role: expected arn:aws:iam::ACCOUNT:role/NAME");
        }
    }

    static boolean isRole(String arn) {
        return ROLE.matcher(arn).matches();
    }

    private void checkSize() {
        Optional<String> cpu = Optional.of(InstanceSize.DEFAULT_CPU);
        Optional<String> memory = Optional.of(InstanceSize.DEFAULT_MEMORY);
        if (inputs.cpu() != null) {
            cpu = normal("cpu", InstanceSize.cpu(inputs.cpu()), inputs.cpu(), InstanceSize.cpus());
        }
        if (inputs.memory() != null) {
            memory = normal("memory", InstanceSize.memory(inputs.memory()), inputs.memory(), InstanceSize.memories());
        }
        boolean known = !checking.unknown("cpu") && !checking.unknown("memory");
        if (known && cpu.isPresent() && memory.isPresent() && !InstanceSize.pair(cpu.get(), memory.get())) {
            String has =
                    inputs.memory() == null ? "is not set, and App Runner would take 2 GB" : "is " + inputs.memory();
            String of = inputs.cpu() == null ? "1 vCPU, App Runner's choice when cpu is not set," : inputs.cpu();
            checking.fail(
                    "memory", of + " goes with a memory of " + InstanceSize.memoriesFor(cpu.get()) + "; memory " + has);
        }
    }

    private Optional<String> normal(String property, Optional<String> normal, String given, String all) {
        normal.ifPresentOrElse(
                value -> checking.set(property, PropertyValue.of(value)),
                () -> checking.fail(
                        property, "App Runner has no " + property + " of `" + given + "`; expected " + all));
        return normal;
    }

    private void checkHealth(@Nullable HealthCheck health) {
        if (health == null) {
            return;
        }
        PropertyPath at = PropertyPath.of("healthCheck");
        range(at.child("interval"), health.interval(), 1, 20);
        range(at.child("timeout"), health.timeout(), 1, 20);
        range(at.child("healthyThreshold"), health.healthyThreshold(), 1, 20);
        range(at.child("unhealthyThreshold"), health.unhealthyThreshold(), 1, 20);
        if (health.path() != null && !health.path().startsWith("/")) {
            checking.fail(at.child("path"), "`" + health.path() + "` is no path: expected one that begins with /");
        }
        boolean tcp = health.protocol() == HealthCheck.Protocol.TCP
                || (health.protocol() == null && !checking.unknown("healthCheck"));
        if (health.path() != null && tcp) {
            checking.warn("healthCheck.path has no effect: the protocol is TCP; set healthCheck.protocol to HTTP");
        }
    }

    private void checkScaling(@Nullable Scaling scaling) {
        if (scaling == null) {
            return;
        }
        if (!checking.absent("autoScalingConfigurationArn")) {
            checking.fail(
                    "autoScalingConfigurationArn",
                    "set either scaling, for a configuration that Slipway makes, or the ARN of your own, not both");
        }
        PropertyPath at = PropertyPath.of("scaling");
        range(at.child("minSize"), scaling.minSize(), 1, 25);
        range(at.child("maxSize"), scaling.maxSize(), 1, Integer.MAX_VALUE);
        range(at.child("maxConcurrency"), scaling.maxConcurrency(), 1, 200);
        Scaling complete = scaling.complete();
        int least = Given.of(complete.minSize(), "minSize");
        int most = Given.of(complete.maxSize(), "maxSize");
        if (!checking.unknown("scaling") && least > most) {
            checking.fail(at.child("maxSize"), "expected at least minSize, which is " + least + ", got " + most);
        }
    }

    private void range(PropertyPath path, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
            checking.fail(path, "expected " + range + ", got " + value);
        }
    }

    private void warnOfKept() {
        PropertyMap olds = checking.olds().orElse(PropertyMap.EMPTY);
        KEPT.stream().filter(property -> dropped(olds, property)).forEach(this::warnOfKept);
        KEPT_MEMBERS.forEach(property -> members(olds.get(property)).stream()
                .filter(member -> !members(checking.checked(property)).contains(member))
                .filter(member -> !checking.absent(property) && !checking.unknown(property))
                .forEach(member -> warnOfKept(property + "." + member)));
        if (KEPT_SCALING.stream().allMatch(checking::absent)) {
            KEPT_SCALING.stream().filter(property -> dropped(olds, property)).forEach(this::warnOfKept);
        }
    }

    /** The names that are set in a record; none for another value. */
    private static Set<String> members(Optional<PropertyValue> value) {
        return value.map(PropertyValue::reveal)
                .filter(PropertyMap.class::isInstance)
                .map(record -> ((PropertyMap) record).values().keySet())
                .orElse(Set.of());
    }

    private boolean dropped(PropertyMap olds, String property) {
        return checking.absent(property) && olds.get(property).isPresent();
    }

    private void warnOfKept(String property) {
        checking.warn(
                property
                        + " is no longer set; App Runner keeps what the service has. Write the value that you want to change it.");
    }
}
