package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;

/** What concerns an account as a whole. */
final class AccountOperations {
    private final Directory directory;
    private final Questions questions;

    AccountOperations(Directory directory, Questions questions) {
        this.directory = directory;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        ops.change(
                        CreateAccountAliasRequest.class,
                        CreateAccountAliasResponse.class,
                        () -> CreateAccountAliasResponse.builder().build(),
                        (call, op, in) -> questions.account(call, op),
                        this::createAlias)
                .change(
                        DeleteAccountAliasRequest.class,
                        DeleteAccountAliasResponse.class,
                        () -> DeleteAccountAliasResponse.builder().build(),
                        (call, op, in) -> questions.account(call, op),
                        this::deleteAlias)
                .on(
                        ListAccountAliasesRequest.class,
                        ListAccountAliasesResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> ListAccountAliasesResponse.builder()
                                .accountAliases(directory
                                        .aliases()
                                        .get(call.account())
                                        .map(alias -> List.of(alias.name()))
                                        .orElse(List.of()))
                                .isTruncated(false)
                                .build())
                .on(
                        GetAccountSummaryRequest.class,
                        GetAccountSummaryResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> GetAccountSummaryResponse.builder()
                                .summaryMap(summary(call.account()))
                                .build());
    }

    /** An account has one alias; a new one takes the old one's place. */
    private synchronized void createAlias(Call call, CreateAccountAliasRequest in) {
        if (directory.aliases().values().stream().anyMatch(alias -> alias.name().equals(in.accountAlias()))) {
            throw Faults.exists("The account alias " + in.accountAlias() + " already exists.");
        }
        directory.aliases().put(call.account(), new Alias(call.account(), in.accountAlias()));
    }

    private void deleteAlias(Call call, DeleteAccountAliasRequest in) {
        boolean known = directory
                .aliases()
                .get(call.account())
                .filter(alias -> alias.name().equals(in.accountAlias()))
                .isPresent();
        if (!known) {
            throw Faults.noSuch("The account alias " + in.accountAlias() + " cannot be found.");
        }
        directory.aliases().remove(call.account());
    }

    private Map<SummaryKeyType, Integer> summary(String account) {
        Map<SummaryKeyType, Integer> summary = new EnumMap<>(SummaryKeyType.class);
        summary.put(SummaryKeyType.USERS, directory.users().list(account).size());
        summary.put(SummaryKeyType.USERS_QUOTA, Kind.USER.mostPerAccount());
        summary.put(SummaryKeyType.GROUPS, directory.groups().list(account).size());
        summary.put(SummaryKeyType.GROUPS_QUOTA, Kind.GROUP.mostPerAccount());
        summary.put(SummaryKeyType.ROLES, directory.roles().list(account).size());
        summary.put(SummaryKeyType.ROLES_QUOTA, Kind.ROLE.mostPerAccount());
        List<ManagedPolicy> policies = directory.policies(account);
        summary.put(SummaryKeyType.POLICIES, policies.size());
        summary.put(SummaryKeyType.POLICIES_QUOTA, PolicyOperations.MOST_PER_ACCOUNT);
        summary.put(
                SummaryKeyType.POLICY_VERSIONS_IN_USE,
                policies.stream().mapToInt(policy -> policy.versions().size()).sum());
        summary.put(SummaryKeyType.POLICY_VERSIONS_IN_USE_QUOTA, 10_000);
        summary.put(
                SummaryKeyType.INSTANCE_PROFILES, directory.profiles(account).size());
        summary.put(SummaryKeyType.INSTANCE_PROFILES_QUOTA, 1000);
        limits(summary);
        absent(summary);
        return summary;
    }

    private static void limits(Map<SummaryKeyType, Integer> summary) {
        summary.put(SummaryKeyType.USER_POLICY_SIZE_QUOTA, Kind.USER.mostInline());
        summary.put(SummaryKeyType.GROUP_POLICY_SIZE_QUOTA, Kind.GROUP.mostInline());
        summary.put(SummaryKeyType.ROLE_POLICY_SIZE_QUOTA, Kind.ROLE.mostInline());
        summary.put(SummaryKeyType.POLICY_SIZE_QUOTA, PolicyOperations.MOST_CHARACTERS);
        summary.put(SummaryKeyType.ASSUME_ROLE_POLICY_SIZE_QUOTA, Documents.MOST_TRUST);
        summary.put(SummaryKeyType.VERSIONS_PER_POLICY_QUOTA, PolicyVersionOperations.MOST);
        summary.put(SummaryKeyType.ATTACHED_POLICIES_PER_USER_QUOTA, IdentityPolicies.MOST_ATTACHED);
        summary.put(SummaryKeyType.ATTACHED_POLICIES_PER_GROUP_QUOTA, IdentityPolicies.MOST_ATTACHED);
        summary.put(SummaryKeyType.ATTACHED_POLICIES_PER_ROLE_QUOTA, IdentityPolicies.MOST_ATTACHED);
        summary.put(SummaryKeyType.ACCESS_KEYS_PER_USER_QUOTA, KeyOperations.MOST_PER_USER);
        summary.put(SummaryKeyType.GROUPS_PER_USER_QUOTA, GroupOperations.MOST_PER_USER);
        summary.put(SummaryKeyType.GLOBAL_ENDPOINT_TOKEN_VERSION, 1);
        // The twelve digits of the account are a key of its root.
        summary.put(SummaryKeyType.ACCOUNT_ACCESS_KEYS_PRESENT, 1);
    }

    /** What no account of the local cloud can have. */
    private static void absent(Map<SummaryKeyType, Integer> summary) {
        List.of(
                        SummaryKeyType.SERVER_CERTIFICATES,
                        SummaryKeyType.MFA_DEVICES,
                        SummaryKeyType.MFA_DEVICES_IN_USE,
                        SummaryKeyType.ACCOUNT_MFA_ENABLED,
                        SummaryKeyType.ACCOUNT_PASSWORD_PRESENT,
                        SummaryKeyType.ACCOUNT_SIGNING_CERTIFICATES_PRESENT,
                        SummaryKeyType.PROVIDERS)
                .forEach(key -> summary.put(key, 0));
        summary.put(SummaryKeyType.SERVER_CERTIFICATES_QUOTA, 20);
        summary.put(SummaryKeyType.SIGNING_CERTIFICATES_PER_USER_QUOTA, 2);
    }
}
