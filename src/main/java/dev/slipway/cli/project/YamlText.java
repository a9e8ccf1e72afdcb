package dev.slipway.cli.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML text of which one value is changed where it stands: everything else, comments and order too, stays as somebody wrote it. */
final class YamlText {
    private static final int INDENT = 2;

    private final String text;
    private final JsonNode after;

    private YamlText(String text, JsonNode after) {
        this.text = text;
        this.after = after;
    }

    /**
     * The text with the value at {@code path} set, or removed when {@code after} has none there.
     *
     * @param path keys and positions; all but the last step must be there already, or be missing as a whole
     * @param after what the whole text means afterwards
     * @throws ProjectProblem when the text is written in a way in which this can't be done
     */
    static String edit(String text, List<Object> path, JsonNode after) {
        String edited = new YamlText(text, after).edit(path);
        try {
            JsonNode means = YamlFile.MAPPER.readTree(edited);
            boolean empty = means == null || means.isMissingNode() || means.isNull();
            if (empty ? after.isEmpty() : means.equals(after)) {
                return edited;
            }
        } catch (JsonProcessingException e) {
            // Told below.
        }
        throw new ProjectProblem("the value at " + path + " can't be changed without changing other lines of the file;"
                + " edit it by hand");
    }

    private String edit(List<Object> path) {
        Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
        if (root == null || isNull(root)) {
            return closed(text) + YamlWriter.block(after, 0);
        }
        Place place = new Place(root, null, null, root);
        for (int depth = 0; depth < path.size(); depth++) {
            Node node = place.node();
            boolean flow = node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
            if (flow && (depth == 0 || !isEmpty(node))) {
                return replaced(start(node), end(node), YamlWriter.flow(at(path.subList(0, depth))));
            }
            Place child = child(node, path.get(depth));
            if (child == null) {
                boolean grows = node instanceof CollectionNode<?> && !isEmpty(node);
                return grows ? inserted(node, path.subList(0, depth + 1)) : value(place, at(path.subList(0, depth)));
            }
            place = child;
        }
        JsonNode value = at(path);
        return value.isMissingNode() ? removed(place) : value(place, value);
    }

    /** A value, and where it hangs: the key before it, or the list that it is an item of. */
    private record Place(
            Node node, @Nullable Node parent, @Nullable Node key, Node self) {
        private Place(Node node, Node parent, @Nullable Node key) {
            this(node, parent, key, node);
        }
    }

    private static @Nullable Place child(Node node, Object segment) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(segment)) {
                    return new Place(entry.getValueNode(), node, key);
                }
            }
        } else if (node instanceof SequenceNode list
                && segment instanceof Integer position
                && position < list.getValue().size()) {
            return new Place(list.getValue().get(position), node, null);
        }
        return null;
    }

    private JsonNode at(List<Object> path) {
        JsonNode node = after;
        for (Object segment : path) {
            node = segment instanceof Integer position ? node.path(position) : node.path((String) segment);
        }
        return node;
    }

    /** Puts a value in the place of another. */
    private String value(Place place, JsonNode value) {
        if (place.key() == null) {
            return place.parent() == null
                    ? replaced(start(place.node()), end(place.node()), YamlWriter.block(value, 0))
                    : replaced(start(place.node()), end(place.node()), YamlWriter.flow(value));
        }
        int colon = text.indexOf(':', offset(place.key().getEndMark().getIndex())) + 1;
        int indent = place.key().getStartMark().getColumn() + INDENT;
        String written = value.isContainerNode() && !value.isEmpty()
                ? "\n" + YamlWriter.block(value, indent).stripTrailing()
                : " " + YamlWriter.flow(value);
        return replaced(colon, Math.max(colon, end(place.node())), written);
    }

    /** Puts a new entry after the last one. */
    private String inserted(Node node, List<Object> path) {
        JsonNode value = at(path);
        Object segment = path.get(path.size() - 1);
        Node first;
        String line;
        if (node instanceof MappingNode mapping) {
            first = mapping.getValue().get(0).getKeyNode();
            int indent = first.getStartMark().getColumn();
            line = YamlWriter.entry((String) segment, value, indent);
        } else {
            first = ((SequenceNode) node).getValue().get(0);
            int dash = text.lastIndexOf('-', start(first));
            line = " ".repeat(dash - lineStart(dash)) + "- " + YamlWriter.flow(value) + "\n";
        }
        int end = text.indexOf('\n', end(node));
        return end < 0 ? closed(text) + line : text.substring(0, end + 1) + line + text.substring(end + 1);
    }

    private String removed(Place place) {
        Node parent = place.parent();
        if (!(parent instanceof CollectionNode<?> collection)) {
            throw new ProjectProblem("the whole file can't be removed");
        }
        int from = place.key() == null ? text.lastIndexOf('-', start(place.node())) : start(place.key());
        boolean alone = collection.getValue().size() == 1;
        int begin = start(parent);
        if (alone && begin > 0 && lineStart(begin) > 0 && parentIsValue(begin)) {
            int colon = text.lastIndexOf(':', begin - 1) + 1;
            String none = parent instanceof MappingNode ? " {}" : " []";
            String between = text.substring(colon, lineStart(begin));
            return between.isBlank() ? replaced(colon, end(parent), none) : replaced(from, end(parent), none.strip());
        }
        int end = text.indexOf('\n', end(place.node()));
        int next = end < 0 ? text.length() : end + 1;
        boolean ownLine = text.substring(lineStart(from), from).isBlank();
        return ownLine ? replaced(lineStart(from), next, "") : replaced(from, nextEntry(next), "");
    }

    private boolean parentIsValue(int begin) {
        return text.charAt(begin) != '{' && begin - lineStart(begin) > 0 || text.charAt(begin) == '-';
    }

    private int nextEntry(int next) {
        int at = next;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private String replaced(int from, int to, String with) {
        return text.substring(0, from) + with + text.substring(to);
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    private int start(Node node) {
        return offset(node.getStartMark().getIndex());
    }

    /** Where the content ends; the mark of a block stands only before the next token, behind comments. */
    private int end(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            Object last = collection.getValue().get(collection.getValue().size() - 1);
            if (last instanceof NodeTuple entry) {
                return isNull(entry.getValueNode())
                        ? Math.max(
                                text.indexOf(
                                                ':',
                                                offset(entry.getKeyNode()
                                                        .getEndMark()
                                                        .getIndex()))
                                        + 1,
                                offset(entry.getValueNode().getEndMark().getIndex()))
                        : end(entry.getValueNode());
            }
            return end((Node) last);
        }
        int end = offset(node.getEndMark().getIndex());
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Marks count characters, texts count their halves. */
    private int offset(int characters) {
        return text.offsetByCodePoints(0, characters);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static boolean isEmpty(Node node) {
        return node instanceof CollectionNode<?> collection
                && collection.getValue().isEmpty();
    }

    private static String closed(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
}
