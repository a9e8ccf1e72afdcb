package dev.slipway.cloud.iam;

/** The kinds of principals with policies, and AWS's default quotas for them. */
enum Kind {
    USER("user", "User", 5000, 2048),
    ROLE("role", "Role", 1000, 10_240),
    GROUP("group", "Group", 300, 5120);

    private final String word;
    private final String title;
    private final int mostPerAccount;
    private final int mostInline;

    Kind(String word, String title, int mostPerAccount, int mostInline) {
        this.word = word;
        this.title = title;
        this.mostPerAccount = mostPerAccount;
        this.mostInline = mostInline;
    }

    /** As in ARNs and messages. */
    String word() {
        return word;
    }

    /** As in names of quotas. */
    String title() {
        return title;
    }

    int mostPerAccount() {
        return mostPerAccount;
    }

    /** Characters of all inline policies together, without white space. */
    int mostInline() {
        return mostInline;
    }
}
