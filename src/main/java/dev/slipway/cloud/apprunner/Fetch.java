package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ImagePuller.PullRequest;
import dev.slipway.cloud.apprunner.ServiceRecord.Deployed;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings together what a version is made of: its image and the values of its secrets. Blocks.
 *
 * @param anew whether to pull the image; else the copy that is deployed is used again, if it is still there
 */
record Fetch(Setting setting, ServiceRecord service, boolean anew, boolean readsSecrets) {

    /** @param secrets sealed, by the names of their variables */
    record Fetched(PulledImage image, Map<String, String> secrets) {}

    /** A value could not be had. */
    static final class SecretFailure extends Exception {
        private static final long serialVersionUID = 1L;

        SecretFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    Fetched run() throws PullFailure, SecretFailure {
        // First the secrets: whatever is wrong with them shows without a pull.
        Map<String, String> secrets = secrets();
        return new Fetched(image(), secrets);
    }

    private PulledImage image() throws PullFailure {
        Deployed deployed = service.deployed();
        if (!anew && deployed != null) {
            Optional<PulledImage> stored = setting.parts().images().stored(Digest.parse(deployed.digest()));
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        Configuration.Source source = service.configuration().source();
        return setting.parts()
                .images()
                .pull(new PullRequest(
                        source.image(),
                        Optional.ofNullable(source.accessRoleArn()),
                        service.arn(),
                        service.account(),
                        service.region()));
    }

    private Map<String, String> secrets() throws SecretFailure {
        Deployed deployed = service.deployed();
        if (!readsSecrets && deployed != null) {
            return deployed.secrets();
        }
        Map<String, String> sealed = new TreeMap<>();
        for (Map.Entry<String, String> each :
                service.configuration().source().secrets().entrySet()) {
            sealed.put(each.getKey(), sealed(each.getKey(), each.getValue()));
        }
        return sealed;
    }

    private String sealed(String variable, String reference) throws SecretFailure {
        String role = service.configuration().size().instanceRoleArn();
        try {
            String value =
                    setting.parts().secrets().read(service.arn(), service.region(), String.valueOf(role), reference);
            if (value.indexOf('\0') >= 0) {
                throw Errors.invalid("the value has a NUL character, which no environment variable can have");
            }
            return setting.parts().secrets().seal(service.place(variable), value);
        } catch (AwsException e) {
            throw new SecretFailure(
                    "Failed to read the secret " + reference + " for the variable " + variable
                            + ", as the instance role " + role + ". " + e.code() + ": " + e.getMessage(),
                    e);
        }
    }
}
