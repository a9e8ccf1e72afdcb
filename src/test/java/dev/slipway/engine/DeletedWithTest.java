package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Resources that are gone as soon as their owner is. */
final class DeletedWithTest extends BenchedTest {
    private void failToDelete(String name) {
        bench.provider.onDelete = request -> {
            if (request.urn().name().equals(name)) {
                throw new ProviderException("in use");
            }
            bench.world.delete(request);
        };
    }

    @Test
    void areNotDeletedThemselves() {
        bench.up(Script.of(res("a"), res("b").deletedWith("a"), res("c").deletedWith("b")));
        bench.up(Script.of());
        assertThat(bench.steps()).containsExactly("delete c", "delete b", "delete a");
        assertThat(bench.world.calls).containsExactly("delete a");
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void stayRecordedUntilTheOwnerIsGone() {
        bench.up(Script.of(res("a"), res("b").deletedWith("a")));
        failToDelete("a");
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.recorded()).containsExactly("a", "b");
    }

    @Test
    void stayRecordedThoughTheOwnerHasToGoForItsReplacement() {
        bench.up(Script.of(res("a").with("name", "one"), res("b").deletedWith("a")));
        failToDelete("a");
        bench.up(Script.of(res("a").with("name", "two").deleteFirst(), res("b").deletedWith("a")));
        assertThat(bench.state("b").marks().pendingReplacement()).isFalse();
    }

    @Test
    void comeBackWithTheReplacement() {
        bench.up(Script.of(res("a").with("name", "one"), res("b").deletedWith("a")));
        bench.up(Script.of(res("a").with("name", "two").deleteFirst(), res("b").deletedWith("a")));
        assertThat(bench.world.calls).containsExactly("delete a", "create a", "create b");
    }

    @Test
    void areDeletedWhenTheOwnerIsOnlyForgotten() {
        bench.up(Script.of(res("a").retain(), res("b").deletedWith("a")));
        bench.up(Script.of());
        assertThat(bench.world.calls).containsExactly("delete b");
    }

    @Test
    void areReadTooWhenTheOwnersDeletionHasNoKnownEnd() {
        bench.up(Script.of(res("a"), res("b").deletedWith("a")));
        String follower = bench.state("b").id();
        bench.provider.onDelete = request -> deleteBoth(request, follower);
        assertThat(bench.destroy().succeeded()).isFalse();
        bench.provider.onDelete = bench.world::delete;
        assertThat(bench.up(Script.of(res("a"), res("b").deletedWith("a"))).succeeded())
                .isTrue();
        assertThat(bench.world.calls).containsExactly("create a", "create b");
    }

    @Test
    void keepWhatTheyNeedForAsLongAsTheyAreRecorded() {
        bench.up(Script.of(
                res("a"),
                res("box").type("test:index:Box").component(),
                res("b").parent("box").deletedWith("a")));
        failToDelete("a");
        bench.options = bench.options.withContinueOnError(true);
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.recorded()).containsExactly("a", "box", "b");
    }

    @Test
    void areDeletedThemselvesWhenTheyUseWhatHasToGoBeforeTheOwner() {
        bench.up(Script.of(
                res("a"),
                res("between").from("link", "a"),
                res("b").from("link", "between").deletedWith("a")));
        assertThat(bench.destroy().succeeded()).as(bench.told()).isTrue();
        assertThat(bench.world.calls).containsExactly("delete b", "delete between", "delete a");
    }

    private void deleteBoth(DeleteRequest request, String follower) {
        bench.world.delete(request);
        bench.world.vanish(follower);
        throw new OutcomeUnknown("no answer", new IOException("cut"));
    }
}
