package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;

/** Bodies that no client would send: each is a request, or refused as none, and whatever is one can be judged and worded. */
final class CodecFuzzTest {
    private static final List<String> JSON = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "1e-999999999",
            "9".repeat(400),
            "\\u0000",
            "\\ud800",
            "\"ServiceName\"",
            "\"SourceConfiguration\"",
            "\"ImageRepository\"",
            "\"Tags\"",
            "\"Key\"",
            "\"logEvents\"",
            "\"timestamp\"",
            "\"layerPartBlob\"",
            "\"AAAA\"",
            "\"A\"",
            "\"HealthCheckConfiguration\"",
            "\"Interval\"",
            "\"RuntimeEnvironmentVariables\"",
            "\u0000",
            "\ufeff",
            " ");
    private static final List<String> FORM = List.of(
            "&",
            "=",
            ".",
            "member",
            "entry",
            "1",
            "0",
            "-1",
            "99999999999",
            "%",
            "%4",
            "%41",
            "%ff",
            "+",
            "PolicyInputList",
            "ActionNames",
            "ContextEntries",
            "ContextKeyValues",
            "MaxItems",
            "Marker",
            "ResourcePolicy",
            "\u0000",
            "ü",
            "..",
            "a");

    private static final Map<String, ServiceModel> MODELS = new HashMap<>();

    private static String soup(Random random, List<String> words) {
        StringBuilder soup = new StringBuilder();
        for (int left = random.nextInt(40); left > 0; left--) {
            soup.append(words.get(random.nextInt(words.size())));
        }
        return soup.toString();
    }

    /** Soup in a form that gets past the parser more often. */
    private static String dish(Random random) {
        return "{" + JSON.get(16 + random.nextInt(12)) + ":" + soup(random, JSON) + "}";
    }

    @Test
    void jsonIsReadOrRefused() {
        Cases.of(3_000, 100_000).run((random, number) -> {
            String body = random.nextBoolean() ? soup(random, JSON) : dish(random);
            judge("apprunner", "apprunner", "CreateService", body, CreateServiceRequest.class);
            judge("logs", "cloudwatchlogs", "PutLogEvents", body, PutLogEventsRequest.class);
            judge("ecr", "ecr", "UploadLayerPart", body, UploadLayerPartRequest.class);
        });
    }

    private static void judge(
            String service, String module, String operation, String body, Class<? extends SdkPojo> type) {
        SdkPojo request;
        try {
            request = JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), type);
        } catch (SerializationFault refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        word(service, module, operation, request);
    }

    @Test
    void formsAreReadOrRefused() {
        Cases.of(3_000, 100_000).run((random, number) -> {
            SdkPojo request;
            try {
                QueryParameters parameters = QueryParameters.parse(soup(random, FORM));
                request = QueryCodec.read(parameters, SimulateCustomPolicyRequest.class);
            } catch (SerializationFault refused) {
                assertThat(refused.getMessage()).isNotBlank();
                return;
            }
            word("iam", "iam", "SimulateCustomPolicy", request);
        });
    }

    private static void word(String service, String module, String operation, SdkPojo request) {
        ServiceModel model = MODELS.computeIfAbsent(
                module, name -> ServiceModel.of("software.amazon.awssdk.services." + name + ".model"));
        List<Constraints.Violation> wrong = Constraints.check(model, operation, request);
        if (!wrong.isEmpty()) {
            assertThat(Wording.of(service).message(wrong)).isNotBlank();
        }
    }

    @Test
    void deepNestingIsRefused() {
        for (String body : List.of("[".repeat(100_000), "{\"Tags\":".repeat(5_000) + "1" + "}".repeat(5_000))) {
            assertThat(catchFault(body)).isNotNull();
        }
    }

    private static SerializationFault catchFault(String body) {
        try {
            JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), CreateServiceRequest.class);
            return null;
        } catch (SerializationFault refused) {
            return refused;
        }
    }
}
