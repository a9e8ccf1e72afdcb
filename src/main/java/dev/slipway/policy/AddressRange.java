package dev.slipway.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address, or all addresses that share its first bits. */
final class AddressRange {
    /** Only literals: a name would be looked up in DNS. */
    private static final Pattern LITERAL = Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");

    private final byte[] address;
    private final int bits;

    private AddressRange(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.getByName(literal).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > address.length * 8
                    ? Optional.empty()
                    : Optional.of(new AddressRange(address, bits));
        } catch (UnknownHostException | NumberFormatException notAnAddress) {
            return Optional.empty();
        }
    }

    boolean contains(AddressRange other) {
        if (other.address.length != address.length || other.bits < bits) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((address[bit / 8] ^ other.address[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
