package dev.slipway.engine;

import static dev.slipway.engine.Script.res;

import dev.slipway.engine.Script.Res;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One resource of a generated program, before it is declared; changed from run to run by {@link Wishes}. */
final class Wish {
    enum Kind {
        THING,
        COMPONENT,
        PROVIDER,
        FOREIGN
    }

    final Kind kind;
    String name;

    @Nullable
    String parent;

    @Nullable
    String provider;

    @Nullable
    String link;

    @Nullable
    String after;

    @Nullable
    String owner;

    @Nullable
    String explicitName;

    @Nullable
    String region;

    @Nullable
    String imported;

    final List<Urn> aliases = new ArrayList<>();
    int size;
    int form;
    boolean protect;
    boolean retain;
    boolean deleteFirst;
    boolean ignoresSize;
    boolean replacesOnSize;
    boolean secret;
    boolean secretOutput;
    int timeout;

    Wish(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    Wish copy() {
        var copy = new Wish(kind, name);
        copy.parent = parent;
        copy.provider = provider;
        copy.link = link;
        copy.after = after;
        copy.owner = owner;
        copy.explicitName = explicitName;
        copy.region = region;
        copy.imported = imported;
        copy.aliases.addAll(aliases);
        copy.size = size;
        copy.form = form;
        copy.protect = protect;
        copy.retain = retain;
        copy.deleteFirst = deleteFirst;
        copy.ignoresSize = ignoresSize;
        copy.replacesOnSize = replacesOnSize;
        copy.secret = secret;
        copy.secretOutput = secretOutput;
        copy.timeout = timeout;
        return copy;
    }

    String type() {
        return switch (kind) {
            case THING, FOREIGN -> Script.TYPE;
            case COMPONENT -> "test:index:Box";
            case PROVIDER -> "pulumi:providers:test";
        };
    }

    /** The names of those that have to be declared before. */
    Set<String> needs() {
        Set<String> needs = new LinkedHashSet<>();
        for (String other : new String[] {parent, provider, link, after, owner}) {
            if (other != null) {
                needs.add(other);
            }
        }
        return needs;
    }

    void renameNeeds(String before, String now) {
        parent = before.equals(parent) ? now : parent;
        provider = before.equals(provider) ? now : provider;
        link = before.equals(link) ? now : link;
        after = before.equals(after) ? now : after;
        owner = before.equals(owner) ? now : owner;
    }

    void forgetNeed(String gone) {
        parent = gone.equals(parent) ? null : parent;
        provider = gone.equals(provider) ? null : provider;
        link = gone.equals(link) ? null : link;
        after = gone.equals(after) ? null : after;
        owner = gone.equals(owner) ? null : owner;
    }

    Res declaration() {
        Res res = res(name).type(type());
        if (parent != null) {
            res.parent(parent);
        }
        if (provider != null) {
            res.provider(provider);
        }
        if (after != null) {
            res.after(after);
        }
        res.aliases(aliases);
        switch (kind) {
            case COMPONENT -> res.component();
            case PROVIDER -> {
                if (region != null) {
                    res.with("region", region);
                }
            }
            case FOREIGN -> res.read("home/" + explicitName);
            case THING -> thing(res);
        }
        return res;
    }

    private void thing(Res res) {
        PropertyValue value = PropertyValue.of(size);
        res.with("size", secret ? new PropertyValue.Secret(value) : value);
        if (form > 0) {
            res.with("kind", "form " + form);
        }
        if (explicitName != null) {
            res.with("name", explicitName);
        }
        if (link != null) {
            res.from(Realm.LINK, link);
        }
        if (owner != null) {
            res.from(Realm.OWNER, owner).deletedWith(owner);
        }
        if (retain) {
            res.retain().with("keep", "yes");
        }
        if (deleteFirst) {
            res.deleteFirst();
        }
        if (ignoresSize) {
            res.ignore("size");
        }
        if (replacesOnSize) {
            res.replaceOn("size");
        }
        if (secretOutput) {
            res.secretOutput("url");
        }
        if (timeout > 0) {
            res.timeouts(timeout, 0, 0);
        }
        if (imported != null) {
            res.imported(imported);
        }
        res.protect(protect);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(name);
        for (Object part : new Object[] {
            "parent",
            parent,
            "provider",
            provider,
            "link",
            link,
            "after",
            after,
            "owner",
            owner,
            "named",
            explicitName,
            "region",
            region,
            "imported",
            imported,
            "aliases",
            aliases
        }) {
            text.append(part == null ? " -" : " " + part);
        }
        return text + " size " + size + " form " + form + (protect ? " protect" : "") + (retain ? " retain" : "")
                + (deleteFirst ? " deleteFirst" : "") + (ignoresSize ? " ignoresSize" : "")
                + (replacesOnSize ? " replacesOnSize" : "") + (secret ? " secret" : "");
    }
}
