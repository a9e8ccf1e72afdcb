package dev.slipway.schema;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.SeeTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** What the sources of one package say of its classes and their methods, as Markdown; of overloads the first one counts that says something. */
final class Javadocs {
    private static final Map<String, String> ENTITIES = Map.of("lt", "<", "gt", ">", "amp", "&", "nbsp", " ");

    private final Map<String, DocCommentTree> comments = new HashMap<>();

    static Javadocs of(Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.list(directory);
                var manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
            var javadocs = new Javadocs();
            for (CompilationUnitTree unit : task.parse()) {
                javadocs.new Collector(DocTrees.instance(task)).scan(unit, "");
            }
            return javadocs;
        }
    }

    /** What a class says of itself. */
    String of(Class<?> type) {
        return Optional.ofNullable(comments.get(type.getSimpleName()))
                .map(Javadocs::markdown)
                .orElseThrow(() -> new AssertionError(type.getSimpleName() + " has no documentation"));
    }

    /** What a class, or one that it extends, says of a property; where it refers to another class's, what that one says. */
    String of(Class<?> type, String property) {
        return find(type, property)
                .orElseThrow(
                        () -> new AssertionError(type.getSimpleName() + "." + property + "() has no documentation"));
    }

    private Optional<String> find(Class<?> type, String property) {
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            DocCommentTree comment = comments.get(owner.getSimpleName() + "#" + property);
            if (comment != null) {
                return Optional.of(
                        seen(comment).map(other -> other.of(property)).orElseGet(() -> markdown(comment)));
            }
        }
        return Optional.empty();
    }

    /** The class of {@code @see ServiceArgs#port()}, when that is all that a comment says. */
    private Optional<Other> seen(DocCommentTree comment) {
        return comment.getFullBody().isEmpty()
                ? comment.getBlockTags().stream()
                        .filter(SeeTree.class::isInstance)
                        .map(tag -> ((SeeTree) tag).getReference().get(0).toString())
                        .map(Other::new)
                        .findFirst()
                : Optional.empty();
    }

    /** A reference to another class's property. */
    private final class Other {
        private final Class<?> type;

        Other(String reference) {
            try {
                type = Class.forName("dev.slipway." + reference.substring(0, reference.indexOf('#')));
            } catch (ClassNotFoundException e) {
                throw new AssertionError("@see " + reference + " leads nowhere", e);
            }
        }

        String of(String property) {
            return Javadocs.this.of(type, property);
        }
    }

    private static String markdown(DocCommentTree comment) {
        String text = comment.getFullBody().stream().map(Javadocs::markdown).collect(Collectors.joining());
        return Stream.of(text.split("\f"))
                .map(paragraph -> paragraph.replaceAll("\\s+", " ").strip())
                .collect(Collectors.joining("\n\n"))
                .strip();
    }

    private static String markdown(DocTree tree) {
        if (tree instanceof TextTree text) {
            return text.getBody();
        }
        if (tree instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody().strip() + "`";
        }
        if (tree instanceof LinkTree link) {
            return link.getLabel().isEmpty()
                    ? "`" + name(link.getReference()) + "`"
                    : link.getLabel().stream().map(Javadocs::markdown).collect(Collectors.joining());
        }
        if (tree instanceof EntityTree entity) {
            return ENTITIES.get(entity.getName().toString());
        }
        if (tree instanceof StartElementTree element && element.getName().contentEquals("p")) {
            return "\f";
        }
        throw new AssertionError("no Markdown for " + tree + " in a comment of a property");
    }

    private static String name(ReferenceTree reference) {
        String text = reference.getSignature();
        return text.substring(text.indexOf('#') + 1).replace("()", "");
    }

    private final class Collector extends TreePathScanner<Void, String> {
        private final DocTrees trees;

        Collector(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree tree, String outer) {
            String name = outer.isEmpty() ? tree.getSimpleName().toString() : outer + "." + tree.getSimpleName();
            note(name);
            return super.visitClass(tree, name);
        }

        @Override
        public Void visitMethod(MethodTree tree, String owner) {
            note(owner + "#" + tree.getName());
            return null;
        }

        private void note(String key) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            DocCommentTree before = comments.get(key);
            if (comment != null && (before == null || before.getFullBody().isEmpty())) {
                comments.put(key, comment);
            }
        }
    }
}
