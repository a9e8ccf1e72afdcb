package dev.slipway.cloud.sts;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * How much of a session's allowance its policies and tags take. AWS packs them in a way of its own that it does not publish; here they
 * are deflated, and the allowance is set so that the percentages that AWS's users report come out about right.
 */
final class PackedSize {
    private static final int ALLOWED_BYTES = 400;

    private PackedSize() {}

    /**
     * The percentage, rounded up.
     *
     * @throws dev.slipway.cloud.wire.AwsException {@code PackedPolicyTooLarge} when it is more than 100
     */
    static int of(Collection<String> policies, List<String> arns, Map<String, String> tags) {
        StringBuilder text = new StringBuilder();
        policies.forEach(policy -> text.append(policy).append('\n'));
        arns.forEach(arn -> text.append(arn).append('\n'));
        tags.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        if (text.isEmpty()) {
            return 0;
        }
        int percent = (deflated(text.toString()) * 100 + ALLOWED_BYTES - 1) / ALLOWED_BYTES;
        if (percent > 100) {
            throw StsFaults.packedTooLarge("Packed policy consumes " + percent + "% of allotted space");
        }
        return percent;
    }

    private static int deflated(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            int size = 0;
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                size += deflater.deflate(buffer);
            }
            return size;
        } finally {
            deflater.end();
        }
    }
}
