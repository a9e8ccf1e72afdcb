package dev.slipway.engine;

import dev.slipway.engine.Script.Res;
import dev.slipway.engine.Wish.Kind;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A generated program, and how the next one comes of it. Each wish stands after those it needs. */
final class Wishes {
    private static final int MOST = 9;

    final List<Wish> all = new ArrayList<>();
    private int fresh;

    static Wishes random(Random random) {
        var wishes = new Wishes();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            wishes.add(random);
        }
        return wishes;
    }

    Wishes copy() {
        var copy = new Wishes();
        all.forEach(wish -> copy.all.add(wish.copy()));
        copy.fresh = fresh;
        return copy;
    }

    Script script() {
        return Script.of(all.stream().map(Wish::declaration).toArray(Res[]::new));
    }

    /** Some changes at once. */
    Wishes changed(Random random) {
        Wishes next = copy();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            next.change(random);
        }
        return next;
    }

    private void change(Random random) {
        if (all.isEmpty()) {
            add(random);
            return;
        }
        Wish wish = all.get(random.nextInt(all.size()));
        switch (random.nextInt(14)) {
            case 0, 1 -> add(random);
            case 2, 3 -> remove(wish);
            case 4 -> rename(wish, random.nextBoolean());
            case 5 -> move(wish, random);
            case 6 -> wish.protect = wish.kind == Kind.THING && !wish.protect;
            case 7 -> toggleRetain(wish);
            case 8 -> reparent(wish, random);
            case 9 -> replaceable(wish, () -> wish.form = random.nextInt(3));
            case 10 ->
                replaceable(wish, () -> wish.explicitName = wish.kind == Kind.THING ? freshName() : wish.explicitName);
            case 11 -> otherProvider(wish, random);
            case 12 -> otherLink(wish, random);
            default -> otherSize(wish, random);
        }
    }

    private String freshName() {
        return "n" + fresh++;
    }

    private void add(Random random) {
        if (all.size() >= MOST) {
            return;
        }
        Kind kind =
                switch (random.nextInt(8)) {
                    case 0 -> Kind.COMPONENT;
                    case 1 -> Kind.PROVIDER;
                    case 2 -> random.nextInt(3) == 0 ? Kind.FOREIGN : Kind.THING;
                    default -> Kind.THING;
                };
        var wish = new Wish(kind, "r" + fresh++);
        if (random.nextInt(3) == 0 && kind != Kind.PROVIDER) {
            wish.parent = pick(random, other -> other.kind == Kind.COMPONENT);
        }
        if (kind == Kind.PROVIDER) {
            wish.region = random.nextBoolean() ? "east" : "west";
        } else if (kind == Kind.FOREIGN) {
            wish.explicitName = "foreign";
        } else if (kind == Kind.THING) {
            configure(wish, random);
        }
        all.add(wish);
    }

    private void configure(Wish wish, Random random) {
        wish.size = random.nextInt(3);
        wish.form = random.nextInt(4) == 0 ? 1 : 0;
        wish.explicitName = random.nextBoolean() ? freshName() : null;
        if (random.nextInt(3) == 0) {
            wish.provider = pick(random, other -> other.kind == Kind.PROVIDER);
        }
        if (random.nextInt(8) == 0) {
            wish.owner = pick(random, other -> other.kind == Kind.THING && !other.retain);
        } else if (random.nextInt(8) == 0) {
            wish.retain = true;
        } else if (random.nextBoolean()) {
            wish.link = pick(random, other -> other.kind == Kind.THING || other.kind == Kind.FOREIGN);
        }
        if (random.nextInt(4) == 0) {
            wish.after = pick(random, other -> true);
        }
        wish.protect = random.nextInt(8) == 0;
        wish.deleteFirst = random.nextInt(4) == 0;
        wish.ignoresSize = random.nextInt(8) == 0;
        wish.replacesOnSize = random.nextInt(6) == 0;
        wish.secret = random.nextInt(8) == 0;
    }

    private @Nullable String pick(Random random, Predicate<Wish> fit) {
        List<Wish> fitting = all.stream().filter(fit).toList();
        return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size())).name;
    }

    void remove(Wish wish) {
        for (Wish other : all) {
            // While the parent is still there, for the former name to be right.
            if (wish.name.equals(other.parent)) {
                moveUnder(other, null);
            }
            other.forgetNeed(wish.name);
        }
        all.remove(wish);
    }

    /** Under a new name; without an alias that is another resource, which has to have another name outside too. */
    private void rename(Wish wish, boolean withAlias) {
        Urn before = urn(wish);
        String old = wish.name;
        wish.name = "r" + fresh++;
        all.forEach(other -> other.renameNeeds(old, wish.name));
        if (withAlias) {
            wish.aliases.add(before);
        } else {
            wish.aliases.clear();
            wish.imported = null;
            wish.explicitName = wish.kind == Kind.THING && wish.explicitName != null ? freshName() : wish.explicitName;
        }
    }

    private void move(Wish wish, Random random) {
        all.remove(wish);
        int first = 0;
        int last = all.size();
        for (int i = 0; i < all.size(); i++) {
            if (wish.needs().contains(all.get(i).name)) {
                first = i + 1;
            }
            if (all.get(i).needs().contains(wish.name)) {
                last = Math.min(last, i);
            }
        }
        all.add(first + random.nextInt(last - first + 1), wish);
    }

    private void reparent(Wish wish, Random random) {
        int position = all.indexOf(wish);
        List<Wish> before = all.subList(0, position).stream()
                .filter(other -> other.kind == Kind.COMPONENT)
                .toList();
        if (wish.kind == Kind.THING && !before.isEmpty()) {
            moveUnder(wish, before.get(random.nextInt(before.size())).name);
        }
    }

    private void moveUnder(Wish wish, @Nullable String parent) {
        Urn before = urn(wish);
        wish.parent = parent;
        if (!urn(wish).equals(before)) {
            wish.aliases.add(before);
        }
    }

    private static void toggleRetain(Wish wish) {
        if (wish.kind == Kind.THING && wish.link == null && wish.owner == null) {
            wish.retain = !wish.retain;
        }
    }

    private static void replaceable(Wish wish, Runnable change) {
        if (wish.kind == Kind.THING && wish.imported == null) {
            change.run();
        }
    }

    private void otherProvider(Wish wish, Random random) {
        if (wish.kind == Kind.PROVIDER) {
            wish.region = random.nextBoolean() ? "east" : "west";
        } else if (wish.kind == Kind.THING && wish.imported == null) {
            Set<String> before = all.subList(0, all.indexOf(wish)).stream()
                    .map(other -> other.name)
                    .collect(Collectors.toSet());
            wish.provider = pick(random, other -> other.kind == Kind.PROVIDER && before.contains(other.name));
        }
    }

    private void otherLink(Wish wish, Random random) {
        if (wish.kind == Kind.THING && !wish.retain && wish.owner == null) {
            Set<String> before = all.subList(0, all.indexOf(wish)).stream()
                    .map(other -> other.name)
                    .collect(Collectors.toSet());
            wish.link = pick(random, other -> other.kind == Kind.THING && before.contains(other.name));
        }
    }

    private static void otherSize(Wish wish, Random random) {
        wish.size = random.nextInt(5);
        wish.secret = wish.kind == Kind.THING && random.nextInt(6) == 0;
    }

    Optional<Wish> find(String name) {
        return all.stream().filter(wish -> wish.name.equals(name)).findFirst();
    }

    Urn urn(Wish wish) {
        String above = wish.parent == null
                ? ""
                : find(wish.parent).map(parent -> urn(parent).qualifiedType()).orElse("");
        return Urn.of("dev", "proj", above, wish.type(), wish.name);
    }

    @Override
    public String toString() {
        return all.stream().map(Wish::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
    }
}
