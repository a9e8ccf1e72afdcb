package dev.slipway.engine;

import dev.slipway.engine.Wish.Kind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many small changes of programs in one: each has resources of its own, named after it. */
final class Changes {
    private final boolean after;
    private final Wishes wishes = new Wishes();

    private Changes(boolean after) {
        this.after = after;
    }

    static Wishes before() {
        var changes = new Changes(false);
        changes.all();
        return changes.wishes;
    }

    static Wishes after() {
        var changes = new Changes(true);
        changes.all();
        return changes.wishes;
    }

    /** Four resources, each but the first and the last using the one before. */
    static Wishes chain(int size) {
        var changes = new Changes(false);
        for (String name : new String[] {"a", "b", "c", "d"}) {
            Wish wish = changes.both(name, Changes::nothing);
            wish.size = size;
            wish.link = name.equals("b") ? "a" : name.equals("c") ? "b" : null;
        }
        return changes.wishes;
    }

    private Wish both(String name, Consumer<Wish> configure) {
        var wish = new Wish(Kind.THING, name);
        configure.accept(wish);
        wishes.all.add(wish);
        return wish;
    }

    private void changed(String name, Consumer<Wish> first, Consumer<Wish> then) {
        both(name, after ? first.andThen(then) : first);
    }

    private static Consumer<Wish> named(String name) {
        return wish -> wish.explicitName = name;
    }

    private static void nothing(@Nullable Wish wish) {}

    private void all() {
        changed("same", Changes::nothing, Changes::nothing);
        changed("updated", Changes::nothing, wish -> wish.size = 2);
        changed("renamed-outside", named("one"), named("two"));
        changed("first-deleted", wish -> wish.form = 1, wish -> wish.form = 2);
        changed("first-deleted-by-option", named("x1").andThen(wish -> wish.deleteFirst = true), named("x2"));
        changed("ignored", wish -> wish.ignoresSize = true, wish -> wish.size = 2);
        changed("ignored-but-other", wish -> wish.ignoresSize = true, wish -> {
            wish.size = 2;
            wish.link = "same";
        });
        changed("replaced-on-change", wish -> wish.replacesOnSize = true, wish -> wish.size = 2);
        changed("protected", wish -> wish.protect = true, wish -> wish.size = 2);
        changed("unprotected-and-replaced", named("u1").andThen(wish -> wish.protect = true), wish -> {
            wish.protect = false;
            wish.explicitName = "u2";
        });
        changed("becomes-protected", Changes::nothing, wish -> wish.protect = true);
        changed("retained-and-replaced", named("r1").andThen(wish -> wish.retain = true), named("r2"));
        changed("becomes-secret", Changes::nothing, wish -> wish.secret = true);
        changed("secret-updated", wish -> wish.secret = true, wish -> wish.size = 3);
        changed("secret-output", wish -> wish.secretOutput = true, wish -> wish.size = 4);
        changed("patient", wish -> wish.timeout = 60, wish -> wish.timeout = 90);
        changed("depends-later", Changes::nothing, wish -> wish.after = "same");
        changed("linked-later", Changes::nothing, wish -> wish.link = "same");
        changed("other-link", wish -> wish.link = "same", wish -> wish.link = "updated");
        changed("other-provider-option", Changes::nothing, Changes::nothing);
        replacedWithDependents();
        ownersAndFollowers();
        aliases();
        imports();
        reads();
        if (!after) {
            both("deleted", Changes::nothing);
            both("deleted-below", wish -> wish.link = "deleted");
            both("deleted-after", wish -> wish.after = "deleted-below");
            both("forgotten", wish -> wish.retain = true);
        } else {
            both("new", Changes::nothing);
            both("new-below", wish -> wish.link = "new");
        }
    }

    private void replacedWithDependents() {
        changed("base", named("base1"), named("base2"));
        both("base-updates", wish -> wish.link = "base");
        both("base-replaces", wish -> {
            wish.link = "base";
            wish.after = "base";
        });
        changed("first", wish -> wish.form = 1, wish -> wish.form = 2);
        both("first-updates", wish -> wish.link = "first");
        both("first-child", wish -> wish.parent = "first");
    }

    private void ownersAndFollowers() {
        changed("owner", wish -> wish.form = 1, wish -> wish.form = 2);
        both("follower", wish -> wish.owner = "owner");
        if (!after) {
            both("lost-owner", Changes::nothing);
            both("lost-follower", wish -> wish.owner = "lost-owner");
        }
    }

    private void aliases() {
        if (!after) {
            both("was", Changes::nothing);
            both("uses-was", wish -> wish.link = "was");
            both("box", Changes::nothing);
            both("moved", Changes::nothing);
        } else {
            both("is", wish -> wish.aliases.add(Workbench.urn("was")));
            both("uses-was", wish -> wish.link = "is");
            both("box", Changes::nothing);
            both("moved", wish -> {
                wish.parent = "box";
                wish.aliases.add(Workbench.urn("moved"));
            });
        }
    }

    private void imports() {
        Consumer<Wish> imported = wish -> {
            wish.explicitName = "there";
            wish.imported = "home/there";
        };
        both("imported-before", wish -> {
            wish.explicitName = "there-too";
            wish.imported = "home/there-too";
        });
        if (after) {
            both("imported", imported);
        }
    }

    private void reads() {
        if (!after) {
            both("managed-then-read", named("mine"));
        } else {
            foreign("managed-then-read");
        }
        foreign("read");
        if (!after) {
            foreign("discarded");
            foreign("read-then-managed");
        } else {
            both("read-then-managed", named("mine-now"));
        }
    }

    private void foreign(String name) {
        var wish = new Wish(Kind.FOREIGN, name);
        wish.explicitName = "foreign";
        wishes.all.add(wish);
    }
}
