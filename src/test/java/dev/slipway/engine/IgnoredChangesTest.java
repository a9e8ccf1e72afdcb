package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ignoreChanges} reaches: the cases are those of Pulumi's rules for a path into two values. */
final class IgnoredChangesTest extends BenchedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a;         {a:1};          {a:2};          {a:1};          reached",
                "a;         {b:1};          {a:2,b:1};      {b:1};          reached",
                "a;         {a:1};          {};             {a:1};          reached",
                "c;         {a:1};          {a:2};          {a:2};          reached",
                "a.b;       {a:{b:1,c:1}};  {a:{b:2,c:2}};  {a:{b:1,c:2}};  reached",
                "a.b;       {a:{b:1}};      {};             {};             missed",
                "a.b;       {};             {a:{b:2,c:2}};  {a:{c:2}};      reached",
                "a.b.c;     {};             {a:{b:{c:2}}};  {a:{b:{c:2}}};  missed",
                "a.b.c;     {};             {};             {};             reached",
                "a.b;       {a:{b:1}};      {a:2};          {a:2};          missed",
                "a[0];      {a:[1,1]};      {a:[2,2]};      {a:[1,2]};      reached",
                "a[1];      {a:[1]};        {a:[2,2]};      {a:[2,2]};      missed",
                "a[1];      {a:[1,1]};      {a:[2]};        {a:[2]};        missed",
                "a[5];      {a:[1]};        {a:[2]};        {a:[2]};        reached",
                "a[5].b;    {a:[1]};        {a:[2]};        {a:[2]};        missed",
                "a[0].b;    {a:[{b:1}]};    {a:[{b:2}]};    {a:[{b:1}]};    reached",
                "a[0];      {a:1};          {a:[2]};        {a:[2]};        missed",
                "a[0];      {a:1};          {a:2};          {a:2};          reached",
                "a.*;       {a:{b:1,c:1}};  {a:{b:2,d:2}};  {a:{b:1,c:1}};  reached",
                "a.*;       {a:1};          {a:{b:2}};      {a:{b:2}};      reached",
                "a.*;       {a:{b:1}};      {a:2};          {a:2};          missed",
                "a[*];      {a:[1,1]};      {a:[2,2]};      {a:[1,1]};      reached",
                "a[*];      {a:[1]};        {a:[2,2]};      {a:[1,2]};      missed",
                "a.*.b;     {a:{x:{b:1}}};  {a:{x:{b:2},y:{b:2}}}; {a:{x:{b:1},y:{b:2}}}; reached",
                "a.*.b;     {a:{x:{b:1}}};  {a:{y:{b:2}}};  {a:{y:{b:2}}};  missed",
                "a[*].b;    {a:[{b:1}]};    {a:[{b:2}]};    {a:[{b:1}]};    reached",
            })
    void aPathReachesWhatBothHave(String path, String olds, String news, String expected, String how) {
        var outcome = IgnoredChanges.reset(map(olds), map(news), List.of(PropertyPath.parse(path)));
        assertThat(outcome.inputs()).isEqualTo(map(expected));
        assertThat(outcome.missed()).hasSize(how.equals("missed") ? 1 : 0);
    }

    @Test
    void aValueThatIsPutBackStaysSecret() {
        PropertyMap hidden = PropertyMap.of("a", new PropertyValue.Secret(map("{b:1}")));
        List<PropertyPath> path = List.of(PropertyPath.parse("a.b"));
        assertThat(IgnoredChanges.reset(hidden, map("{a:{b:2}}"), path).inputs())
                .isEqualTo(PropertyMap.of("a", PropertyMap.of("b", new PropertyValue.Secret(number(1)))));
        PropertyMap both = PropertyMap.of("a", new PropertyValue.Secret(map("{b:2}")));
        assertThat(IgnoredChanges.reset(hidden, both, path).inputs()).isEqualTo(hidden);
    }

    @Test
    void whatCanNotBeIgnoredIsToldAndChanges() {
        bench.up(Script.of(res("a").with("tags", map("{x:1}"))));
        bench.up(Script.of(res("a").with("size", "2").ignore("tags.x")));
        assertThat(bench.told()).contains("cannot ignore changes in added or removed elements of the path: \"tags.x\"");
        assertThat(bench.state("a").inputs().get("tags")).isEmpty();
    }

    private static PropertyValue number(int value) {
        return PropertyValue.of(value);
    }

    private static PropertyMap map(String text) {
        return (PropertyMap) new Brief(text).value();
    }

    /** Reads {@code {a:[1,{b:2}]}}. */
    private static final class Brief {
        private final String text;
        private int at;

        Brief(String text) {
            this.text = text;
        }

        PropertyValue value() {
            return switch (text.charAt(at)) {
                case '{' -> object();
                case '[' -> list();
                default -> number(text.charAt(at++) - '0');
            };
        }

        private PropertyValue object() {
            PropertyMap map = PropertyMap.EMPTY;
            at++;
            while (text.charAt(at) != '}') {
                String key = text.substring(at, text.indexOf(':', at));
                at += key.length() + 1;
                map = map.with(key, value());
                at += text.charAt(at) == ',' ? 1 : 0;
            }
            at++;
            return map;
        }

        private PropertyValue list() {
            var items = new ArrayList<PropertyValue>();
            at++;
            while (text.charAt(at) != ']') {
                items.add(value());
                at += text.charAt(at) == ',' ? 1 : 0;
            }
            at++;
            return PropertyValue.of(items);
        }
    }
}
