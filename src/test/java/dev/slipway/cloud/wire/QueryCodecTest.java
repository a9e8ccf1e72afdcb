package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyRequest;

/** What AWS was seen to make of parameters that no SDK would send. */
final class QueryCodecTest {
    private static TagUserRequest tagUser(String parameters) {
        return (TagUserRequest) QueryCodec.read(QueryParameters.parse(parameters), TagUserRequest.class);
    }

    private static UpdateAccountPasswordPolicyRequest passwords(String parameters) {
        return (UpdateAccountPasswordPolicyRequest)
                QueryCodec.read(QueryParameters.parse(parameters), UpdateAccountPasswordPolicyRequest.class);
    }

    @Test
    void ofTwoParametersOfOneNameTheFirstCounts() {
        assertThat(tagUser("UserName=a&UserName=b").userName()).isEqualTo("a");
        assertThat(tagUser("UserName=&UserName=b").userName()).isEmpty();
        assertThat(tagUser("Tags.member.1.Key=a&Tags.member.01.Key=b").tags())
                .extracting(Tag::key)
                .containsExactly("a");
    }

    @Test
    void aListMayHaveGapsButOnlyNumbers() {
        assertThat(tagUser("Tags.member.7.Key=b&Tags.member.3.Key=a").tags())
                .extracting(Tag::key)
                .containsExactly("a", "b");
        assertThatThrownBy(() -> tagUser("Tags.member.x.Key=a"))
                .isInstanceOf(SerializationFault.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void aStructureForATextIsRefused() {
        assertThatThrownBy(() -> tagUser("UserName.member.1=a"))
                .isInstanceOf(SerializationFault.class)
                .hasMessage("Start of structure or map found where not expected ('UserName')");
    }

    @Test
    void booleansAndNumbersAreWrittenAsInXmlSchema() {
        assertThat(passwords("RequireSymbols=1").requireSymbols()).isTrue();
        assertThat(passwords("RequireSymbols=0").requireSymbols()).isFalse();
        assertThat(passwords("MinimumPasswordLength=%2B0012").minimumPasswordLength())
                .isEqualTo(12);
        assertThatThrownBy(() -> passwords("RequireSymbols=True"))
                .isInstanceOf(SerializationFault.class)
                .hasMessage("boolean must follow xsd1.1 definition ('RequireSymbols')");
        for (String number : new String[] {"", "abc", "12.0", "2147483648"}) {
            assertThatThrownBy(() -> passwords("MinimumPasswordLength=" + number))
                    .as(number)
                    .isInstanceOf(SerializationFault.class);
        }
    }
}
