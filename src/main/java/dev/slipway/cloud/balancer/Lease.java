package dev.slipway.cloud.balancer;

/** The right to send one request to a member. Released once, however often asked. Used on one event loop. */
final class Lease implements Admission {
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

    /** Gives the place up; nobody else is sent there for a moment, unless there is nobody else. */
    void fail() {
        group.rest(member);
        release();
    }

    void release() {
        if (!released) {
            released = true;
            group.release(member);
        }
    }
}
