package dev.slipway.cloud.balancer;

/** The right to send one request to a member. Released once, however often asked. Used on one event loop. */
final class Lease {
    private final TargetGroup group;
    private final Member member;
    private boolean released;

    Lease(TargetGroup group, Member member) {
        this.group = group;
        this.member = member;
    }

    Member member() {
        return member;
    }

    void release() {
        if (!released) {
            released = true;
            group.release(member);
        }
    }
}
