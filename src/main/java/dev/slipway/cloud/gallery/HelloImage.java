package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the hello image from the running JDK, without any network. */
public final class HelloImage {
    private HelloImage() {}

    /**
     * Builds the image, or finds it when it was built before from the same JDK and version.
     *
     * @param workDirectory where the blobs are kept; made when missing. One build at a time per directory, also across processes
     * @param version what the application says of itself, for example {@code 1}
     * @throws IOException when the JDK can't be turned into an image, saying what is missing
     */
    public static BuiltImage build(Path workDirectory, String version) throws IOException {
        throw new IOException("not built yet");
    }
}
