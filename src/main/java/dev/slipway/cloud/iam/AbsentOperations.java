package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersResponse;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsRequest;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsResponse;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysRequest;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;

/**
 * What no account here has: passwords, second factors, certificates, other identity providers. Whoever cleans up after himself asks for
 * them, and hears that there are none.
 */
final class AbsentOperations {
    private final Directory directory;
    private final Questions questions;

    AbsentOperations(Directory directory, Questions questions) {
        this.directory = directory;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        addOfUsers(ops);
        addOfTheAccount(ops);
    }

    private void addOfUsers(Ops ops) {
        ops.on(
                        "ListMFADevices",
                        ListMfaDevicesRequest.class,
                        ListMfaDevicesResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        (call, in) -> {
                            requireUser(call, in.userName());
                            return ListMfaDevicesResponse.builder()
                                    .mfaDevices(List.of())
                                    .isTruncated(false)
                                    .build();
                        })
                .on(
                        "ListSSHPublicKeys",
                        ListSshPublicKeysRequest.class,
                        ListSshPublicKeysResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        (call, in) -> {
                            requireUser(call, in.userName());
                            return ListSshPublicKeysResponse.builder()
                                    .sshPublicKeys(List.of())
                                    .isTruncated(false)
                                    .build();
                        })
                .on(
                        ListSigningCertificatesRequest.class,
                        ListSigningCertificatesResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        (call, in) -> {
                            requireUser(call, in.userName());
                            return ListSigningCertificatesResponse.builder()
                                    .certificates(List.of())
                                    .isTruncated(false)
                                    .build();
                        })
                .on(
                        ListServiceSpecificCredentialsRequest.class,
                        ListServiceSpecificCredentialsResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        (call, in) -> {
                            requireUser(call, in.userName());
                            return ListServiceSpecificCredentialsResponse.builder()
                                    .serviceSpecificCredentials(List.of())
                                    .build();
                        });
        addPassword(ops);
    }

    private void addPassword(Ops ops) {
        ops.on(
                        GetLoginProfileRequest.class,
                        GetLoginProfileResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        (call, in) -> {
                            throw noPassword(call, in.userName());
                        })
                .on(
                        DeleteLoginProfileRequest.class,
                        DeleteLoginProfileResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        (call, in) -> {
                            throw noPassword(call, in.userName());
                        })
                .on(
                        GetAccountPasswordPolicyRequest.class,
                        GetAccountPasswordPolicyResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> {
                            throw Faults.noSuch(
                                    "The Password Policy with domain name " + call.account() + " cannot be found.");
                        });
    }

    private void addOfTheAccount(Ops ops) {
        ops.on(
                        "ListVirtualMFADevices",
                        ListVirtualMfaDevicesRequest.class,
                        ListVirtualMfaDevicesResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> ListVirtualMfaDevicesResponse.builder()
                                .virtualMFADevices(List.of())
                                .isTruncated(false)
                                .build())
                .on(
                        "ListOpenIDConnectProviders",
                        ListOpenIdConnectProvidersRequest.class,
                        ListOpenIdConnectProvidersResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> ListOpenIdConnectProvidersResponse.builder()
                                .openIDConnectProviderList(List.of())
                                .build())
                .on(
                        "ListSAMLProviders",
                        ListSamlProvidersRequest.class,
                        ListSamlProvidersResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> ListSamlProvidersResponse.builder()
                                .samlProviderList(List.of())
                                .build())
                .on(
                        ListServerCertificatesRequest.class,
                        ListServerCertificatesResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> ListServerCertificatesResponse.builder()
                                .serverCertificateMetadataList(List.of())
                                .isTruncated(false)
                                .build());
    }

    private RuntimeException noPassword(Call call, @Nullable String name) {
        String user = requireUser(call, name);
        return Faults.noSuch("Login Profile for User " + user + " cannot be found.");
    }

    private String requireUser(Call call, @Nullable String name) {
        return directory
                .users()
                .get(call.account(), UserOperations.nameOrSelf(call.caller(), name))
                .name();
    }
}
