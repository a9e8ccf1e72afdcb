package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.PublicRepositories.Catalog;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecrpublic.model.GetRegistryCatalogDataRequest;
import software.amazon.awssdk.services.ecrpublic.model.GetRegistryCatalogDataResponse;
import software.amazon.awssdk.services.ecrpublic.model.GetRepositoryCatalogDataRequest;
import software.amazon.awssdk.services.ecrpublic.model.GetRepositoryCatalogDataResponse;
import software.amazon.awssdk.services.ecrpublic.model.PutRegistryCatalogDataRequest;
import software.amazon.awssdk.services.ecrpublic.model.PutRegistryCatalogDataResponse;
import software.amazon.awssdk.services.ecrpublic.model.PutRepositoryCatalogDataRequest;
import software.amazon.awssdk.services.ecrpublic.model.PutRepositoryCatalogDataResponse;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryCatalogData;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryCatalogDataInput;

/** What the public gallery's pages would show of registries and repositories. Logos are taken and dropped: there are no pages here. */
final class PublicCatalog {
    private final PublicRepositories repositories;
    private final Table<RegistryRow> registries;

    PublicCatalog(PublicRepositories repositories, Store store) {
        this.repositories = repositories;
        this.registries = store.table("ecr-public-registries", RegistryRow.class);
    }

    record RegistryRow(String account, String displayName) {}

    void addTo(PublicOperations on) {
        on.on(
                "GetRegistryCatalogData",
                GetRegistryCatalogDataRequest.class,
                GetRegistryCatalogDataResponse.class,
                (call, request) -> GetRegistryCatalogDataResponse.builder()
                        .registryCatalogData(data -> data.displayName(registries
                                .get(call.account())
                                .map(RegistryRow::displayName)
                                .orElse("")))
                        .build());
        on.on(
                "PutRegistryCatalogData",
                PutRegistryCatalogDataRequest.class,
                PutRegistryCatalogDataResponse.class,
                (call, request) -> {
                    String name = text(request.displayName());
                    registries.put(call.account(), new RegistryRow(call.account(), name));
                    return PutRegistryCatalogDataResponse.builder()
                            .registryCatalogData(data -> data.displayName(name))
                            .build();
                });
        on.about(
                "GetRepositoryCatalogData",
                GetRepositoryCatalogDataRequest.class,
                GetRepositoryCatalogDataResponse.class,
                GetRepositoryCatalogDataRequest::registryId,
                GetRepositoryCatalogDataRequest::repositoryName,
                (row, request) -> GetRepositoryCatalogDataResponse.builder()
                        .catalogData(shown(row.catalog().orElseThrow(() -> noCatalog(row))))
                        .build());
        on.about(
                "PutRepositoryCatalogData",
                PutRepositoryCatalogDataRequest.class,
                PutRepositoryCatalogDataResponse.class,
                PutRepositoryCatalogDataRequest::registryId,
                PutRepositoryCatalogDataRequest::repositoryName,
                this::put);
    }

    private PutRepositoryCatalogDataResponse put(PublicRepositories.Row row, PutRepositoryCatalogDataRequest request) {
        Catalog catalog = read(request.catalogData());
        repositories.change(row.account(), row.name(), current -> current.withCatalog(catalog));
        return PutRepositoryCatalogDataResponse.builder()
                .catalogData(shown(catalog))
                .build();
    }

    private static dev.slipway.cloud.wire.AwsException noCatalog(PublicRepositories.Row row) {
        RepositoryId id = RepositoryId.of(row.account(), "", row.name());
        return Errors.error(
                "RepositoryCatalogDataNotFoundException",
                "The catalog data for the repository with name '" + id.name()
                        + "' does not exist in the registry with id '" + id.account() + "'");
    }

    static Catalog read(RepositoryCatalogDataInput data) {
        return new Catalog(
                text(data.description()),
                text(data.aboutText()),
                text(data.usageText()),
                data.architectures(),
                data.operatingSystems());
    }

    static RepositoryCatalogData shown(Catalog catalog) {
        return RepositoryCatalogData.builder()
                .description(given(catalog.description()))
                .aboutText(given(catalog.about()))
                .usageText(given(catalog.usage()))
                .architectures(catalog.architectures())
                .operatingSystems(catalog.operatingSystems())
                .marketplaceCertified(false)
                .build();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String given(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty()).orElse(null);
    }
}
