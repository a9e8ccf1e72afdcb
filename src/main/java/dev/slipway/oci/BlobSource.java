package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;

/** Gives the bytes of a piece of content. Whoever reads them verifies the digest. */
public interface BlobSource {
    InputStream open(Digest digest) throws IOException;
}
