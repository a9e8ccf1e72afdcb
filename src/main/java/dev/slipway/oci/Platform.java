package dev.slipway.oci;

/** What an image runs on, for example {@code linux/amd64} or {@code linux/arm/v7}; {@code variant} is empty when there is none. */
public record Platform(String os, String architecture, String variant) {
    /** The only platform App Runner runs. */
    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", "");

    /** Whether an image for this platform runs on {@code host}. */
    public boolean runsOn(Platform host) {
        return os.equals(host.os)
                && architecture.equals(host.architecture)
                && (variant.isEmpty() || variant.equals("v1") || variant.equals(host.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
