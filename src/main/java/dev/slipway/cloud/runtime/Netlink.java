package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Messages to the kernel about a network namespace: a route, and a table of nf_tables. Formats: {@code linux/netlink.h}, {@code rtnetlink.h},
 * {@code netfilter/nfnetlink.h}, {@code netfilter/nf_tables.h}. Numbers of nf_tables are big-endian, all others are the machine's.
 */
final class Netlink {
    private static final int REQUEST = 1;
    private static final int CREATE = 0x400;
    private static final int APPEND = 0x800;
    private static final int NESTED = 0x8000;

    private static final int NEW_ROUTE = 24;
    private static final int TABLE_LOCAL = 255;
    private static final int PROTOCOL_BOOT = 3;
    private static final int SCOPE_HOST = 254;
    private static final int TYPE_LOCAL = 2;
    private static final int LOOPBACK = 1;

    private static final int BATCH_BEGIN = 16;
    private static final int BATCH_END = 17;
    private static final int NF_TABLES = 10;
    private static final int NEW_TABLE = NF_TABLES << 8;
    private static final int NEW_CHAIN = NEW_TABLE | 3;
    private static final int NEW_RULE = NEW_TABLE | 6;
    private static final String NAME = "slipway";

    private static final int MANGLE_PRIORITY = -150;
    private static final int DESTINATION_OFFSET = 16;
    private static final int META_PROTOCOL = 16;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int DROP = 0;
    private static final int ACCEPT = 1;

    private final ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    private Netlink() {}

    /** Takes every address of IPv4 for one of this namespace, so that packets to it stay here; {@code source} is what they come from. */
    static ByteBuffer everyAddressIsLocal(byte[] source) {
        Netlink message = new Netlink();
        message.message(NEW_ROUTE, CREATE, () -> {
            message.out.put((byte) Linux.AF_INET).put((byte) 0).put((byte) 0).put((byte) 0);
            message.out
                    .put((byte) TABLE_LOCAL)
                    .put((byte) PROTOCOL_BOOT)
                    .put((byte) SCOPE_HOST)
                    .put((byte) TYPE_LOCAL);
            message.out.putInt(0);
            message.attribute(4, () -> message.out.putInt(LOOPBACK));
            message.attribute(7, () -> message.out.put(source));
        });
        return message.out.flip();
    }

    /**
     * Steers each TCP connection to another address than 127.0.x.y and the namespace's own to one listening socket, which sees the address that was
     * meant as its own (the kernel's "transparent proxy"). Pings of such addresses are dropped, else the namespace would answer them itself.
     */
    static ByteBuffer steering(byte[] own, byte[] listener, int port) {
        Netlink batch = new Netlink();
        batch.filterMessage(BATCH_BEGIN, 0, 0, NF_TABLES, () -> {});
        batch.filterMessage(NEW_TABLE, CREATE, Linux.AF_INET, 0, () -> batch.text(1, NAME));
        batch.filterMessage(NEW_CHAIN, CREATE, Linux.AF_INET, 0, () -> {
            batch.text(1, NAME);
            batch.text(3, NAME);
            batch.nested(4, () -> {
                batch.number(1, 0);
                batch.number(2, MANGLE_PRIORITY);
            });
            batch.text(7, "filter");
        });
        batch.rule(() -> {
            batch.destinationIs(new byte[] {127, 0});
            batch.verdict(ACCEPT);
        });
        batch.rule(() -> {
            batch.destinationIs(own);
            batch.verdict(ACCEPT);
        });
        batch.rule(() -> {
            batch.protocolIs(ICMP);
            batch.verdict(DROP);
        });
        batch.rule(() -> {
            batch.protocolIs(TCP);
            batch.load(1, listener);
            batch.load(2, new byte[] {(byte) (port >> 8), (byte) port});
            batch.expression("tproxy", () -> {
                batch.number(1, Linux.AF_INET);
                batch.number(2, 1);
                batch.number(3, 2);
            });
        });
        batch.filterMessage(BATCH_END, 0, 0, NF_TABLES, () -> {});
        return batch.out.flip();
    }

    private void rule(Runnable expressions) {
        filterMessage(NEW_RULE, CREATE | APPEND, Linux.AF_INET, 0, () -> {
            text(1, NAME);
            text(2, NAME);
            nested(4, expressions);
        });
    }

    /** The first bytes of the packet's destination, compared. */
    private void destinationIs(byte[] bytes) {
        expression("payload", () -> {
            number(1, 1);
            number(2, 1);
            number(3, DESTINATION_OFFSET);
            number(4, bytes.length);
        });
        equal(bytes);
    }

    private void protocolIs(int protocol) {
        expression("meta", () -> {
            number(1, 1);
            number(2, META_PROTOCOL);
        });
        equal(new byte[] {(byte) protocol});
    }

    private void equal(byte[] value) {
        expression("cmp", () -> {
            number(1, 1);
            number(2, 0);
            nested(3, () -> attribute(1, () -> out.put(value)));
        });
    }

    private void load(int register, byte[] value) {
        expression("immediate", () -> {
            number(1, register);
            nested(2, () -> attribute(1, () -> out.put(value)));
        });
    }

    private void verdict(int code) {
        expression("immediate", () -> {
            number(1, 0);
            nested(2, () -> nested(2, () -> number(1, code)));
        });
    }

    private void expression(String name, Runnable data) {
        nested(1, () -> {
            text(1, name);
            nested(2, data);
        });
    }

    private void filterMessage(int type, int flags, int family, int resource, Runnable attributes) {
        message(type, flags, () -> {
            out.put((byte) family).put((byte) 0).put((byte) (resource >> 8)).put((byte) resource);
            attributes.run();
        });
    }

    private void message(int type, int flags, Runnable content) {
        int start = out.position();
        out.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags));
        out.putInt(0).putInt(0);
        content.run();
        out.putInt(start, out.position() - start);
    }

    private void nested(int type, Runnable content) {
        attribute(type | NESTED, content);
    }

    private void attribute(int type, Runnable content) {
        int start = out.position();
        out.putShort((short) 0).putShort((short) type);
        content.run();
        out.putShort(start, (short) (out.position() - start));
        out.position((out.position() + 3) & ~3);
    }

    private void text(int type, String value) {
        attribute(type, () -> out.put(value.getBytes(StandardCharsets.US_ASCII)).put((byte) 0));
    }

    private void number(int type, int value) {
        attribute(type, () -> out.putInt(Integer.reverseBytes(value)));
    }
}
