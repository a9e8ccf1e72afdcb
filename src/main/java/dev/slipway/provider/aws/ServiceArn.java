package dev.slipway.provider.aws;

import dev.slipway.protocol.ProviderException;

/** {@code arn:aws:apprunner:REGION:ACCOUNT:service/NAME/ID}, the id of a service for Slipway too. */
record ServiceArn(String text, String name, String id) {
    /** @throws ProviderException when the text is no service's ARN */
    static ServiceArn parse(String text) {
        String[] parts = text.split(":", 6);
        String[] path = parts.length == 6 ? parts[5].split("/") : new String[0];
        if (path.length != 3 || !path[0].equals("service") || !parts[2].equals("apprunner")) {
            throw new ProviderException("`" + text
                    + "` is no App Runner service: expected arn:aws:apprunner:REGION:ACCOUNT:service/NAME/ID");
        }
        return new ServiceArn(text, path[1], path[2]);
    }

    /** The log group of App Runner's own events and deployments. */
    String serviceLogGroup() {
        return "/aws/apprunner/" + name + "/" + id + "/service";
    }

    /** The log group of what the containers write. */
    String applicationLogGroup() {
        return "/aws/apprunner/" + name + "/" + id + "/application";
    }
}
