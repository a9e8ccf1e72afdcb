package dev.slipway.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where a statement stands in a policy's text; lines and columns count from 1, the end is the place of the closing brace. */
public record StatementPosition(int startLine, int startColumn, int endLine, int endColumn) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The places of all statements, in order.
     *
     * @throws MalformedPolicy when the text is no JSON
     */
    public static List<StatementPosition> in(String json) {
        List<StatementPosition> found = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean statements = parser.currentName().equals("Statement");
                JsonToken value = parser.nextToken();
                if (statements && value == JsonToken.START_OBJECT) {
                    found.add(here(parser));
                } else if (statements && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        found.add(here(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException notJson) {
            throw new MalformedPolicy("the policy is no valid JSON: " + notJson.getMessage());
        }
        return found;
    }

    private static StatementPosition here(JsonParser parser) throws IOException {
        JsonLocation start = parser.currentTokenLocation();
        parser.skipChildren();
        JsonLocation end = parser.currentTokenLocation();
        return new StatementPosition(start.getLineNr(), start.getColumnNr(), end.getLineNr(), end.getColumnNr());
    }
}
