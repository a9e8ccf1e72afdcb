package dev.slipway.cloud.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /v2/NAME/tags/list}: tags in lexical order, in pages of {@code n} after {@code last}. */
final class TagsEndpoint {
    private static final int MOST = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryContent content;

    TagsEndpoint(RegistryContent content) {
        this.content = content;
    }

    void handle(HttpExchange exchange, Route route) throws IOException {
        Query query = new Query(exchange.query());
        int most = query.first("n").map(TagsEndpoint::count).orElse(MOST);
        String after = query.first("last").orElse("");
        List<String> tags = content.images(route.repository()).stream()
                .flatMap(image -> image.tags().stream())
                .filter(tag -> tag.compareTo(after) > 0)
                .sorted()
                .limit(most + 1L)
                .toList();
        List<String> page = tags.subList(0, Math.min(most, tags.size()));
        if (page.size() < tags.size() && !page.isEmpty()) {
            String last = URLEncoder.encode(page.get(page.size() - 1), StandardCharsets.UTF_8);
            exchange.setHeader(
                    "Link", "<" + route.base() + "/tags/list?n=" + most + "&last=" + last + ">; rel=\"next\"");
        }
        ObjectNode body = JSON.createObjectNode().put("name", route.base().substring("/v2/".length()));
        ArrayNode list = body.putArray("tags");
        page.forEach(list::add);
        exchange.setHeader("Content-Type", "application/json");
        exchange.respond(200, JSON.writeValueAsBytes(body));
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return Math.min(count, MOST);
            }
        } catch (NumberFormatException e) {
            throw new RegistryException(400, "PAGINATION_NUMBER_INVALID", "`n` is not a number: " + text);
        }
        throw new RegistryException(400, "PAGINATION_NUMBER_INVALID", "`n` is negative: " + text);
    }
}
