package dev.slipway.cloud.http;

import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;

/**
 * A piece of a file on its way to a client, sent by the operating system itself. Whoever opened the file closes it, when all pieces are
 * away: the file may lose its name before that.
 */
final class FilePiece extends DefaultFileRegion {
    /** Small enough that a client that takes nothing any more is noticed, large enough to cost nothing. */
    static final int MOST_BYTES = 4 << 20;

    FilePiece(FileChannel file, long offset, long count) {
        super(file, offset, count);
    }

    @Override
    protected void deallocate() {
        // The file is shared by the pieces of one answer.
    }
}
