package dev.slipway.provider.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the statements stand in the text of a policy, so that one of them can be changed and no other letter.
 *
 * @param list whether they are in a list: the policy language also allows a single one
 * @param begin of the list or the single statement; -1 when the policy has none
 * @param end behind it
 * @param last the place of the brace that ends the policy
 */
record StatementSpans(List<Span> statements, boolean list, int begin, int end, int last) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A piece of the text: from {@code begin} to before {@code end}. */
    record Span(int begin, int end) {}

    /** @param policy a JSON object */
    static StatementSpans of(String policy) {
        var spans = new ArrayList<Span>();
        boolean list = true;
        int begin = -1;
        int end = -1;
        try (JsonParser parser = JSON.createParser(policy)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = "Statement".equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (!found) {
                    parser.skipChildren();
                    continue;
                }
                begin = begin(parser);
                list = value == JsonToken.START_ARRAY;
                if (list) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        spans.add(span(parser));
                    }
                } else {
                    spans.add(span(parser));
                }
                end = end(parser);
            }
            return new StatementSpans(List.copyOf(spans), list, begin, end, begin(parser));
        } catch (IOException e) {
            throw new UncheckedIOException("the text is no JSON object", e);
        }
    }

    private static Span span(JsonParser parser) throws IOException {
        int begin = begin(parser);
        parser.skipChildren();
        return new Span(begin, end(parser));
    }

    private static int begin(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }
}
