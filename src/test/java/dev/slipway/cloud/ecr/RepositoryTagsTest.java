package dev.slipway.cloud.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.store.Store;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;

/** Who may make repositories with tags. */
final class RepositoryTagsTest {
    @Test
    void whoeverMakesARepositoryWithTagsMustBeAllowedToTagIt(@TempDir Path directory) {
        try (LocalAccounts cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty())) {
            EcrClient ann = cloud.ecr(cloud.user("ann", """
                    {"Version":"2012-10-17","Statement":[
                      {"Effect":"Allow","Action":"ecr:CreateRepository","Resource":"*"},
                      {"Effect":"Allow","Action":"ecr:TagResource","Resource":"*",
                       "Condition":{"StringEquals":{"aws:RequestTag/team":"web"}}}]}"""));
            assertThat(ann.createRepository(in -> in.repositoryName("plain"))
                            .repository()
                            .repositoryName())
                    .isEqualTo("plain");
            assertThatThrownBy(() -> ann.createRepository(in ->
                            in.repositoryName("ops").tags(tag -> tag.key("team").value("ops"))))
                    .isInstanceOf(EcrException.class)
                    .hasMessageContaining("is not authorized to perform: ecr:TagResource on resource: arn:aws:ecr:");
            ann.createRepository(
                    in -> in.repositoryName("web").tags(tag -> tag.key("team").value("web")));
        }
    }
}
