package dev.slipway.tour;

import java.io.IOException;

/** A client family of AWS that can be told a call and tells what it made of the answer. Calls come one after another. */
interface TourClient extends AutoCloseable {
    /** A word for tables and for {@code refusedBy}. */
    String name();

    Told call(Asked asked) throws IOException;

    @Override
    void close() throws IOException;
}
