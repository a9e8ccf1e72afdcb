package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionTest {
    private static final String KEY = "slipway:key";

    @ParameterizedTest(name = "{0}: document {1}, request {2} -> {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # several values are separated by a semicolon; - is a request without the key
            StringEquals                       | a           | a             | true
            StringEquals                       | a           | A             | false
            StringEquals                       | a*          | ab            | false
            StringEquals                       | a;b         | b             | true
            StringEquals                       | a           | -             | false
            StringEquals                       | a           | b;a           | true
            stringequals                       | a           | a             | true
            StringNotEquals                    | a;b         | b             | false
            StringNotEquals                    | a;b         | c             | true
            StringNotEquals                    | a           | -             | true
            StringNotEquals                    | a           | b;a           | false
            StringEqualsIgnoreCase             | Ab          | aB            | true
            StringNotEqualsIgnoreCase          | Ab          | aB            | false
            StringLike                         | a*d?        | abcde         | true
            StringLike                         | a*d?        | abcd          | false
            StringNotLike                      | a*          | abc           | false
            StringEqualsIfExists               | a           | -             | true
            StringEqualsIfExists               | a           | b             | false
            StringNotEqualsIfExists            | a           | -             | true
            NumericEquals                      | 10          | 10.0          | true
            NumericNotEquals                   | 10          | 11            | true
            NumericLessThan                    | 10          | 9             | true
            NumericLessThan                    | 10          | 10            | false
            NumericLessThanEquals              | 10          | 10            | true
            NumericGreaterThan                 | 9           | 10            | true
            NumericGreaterThanEquals           | 10          | 9             | false
            NumericEquals                      | 10          | ten           | false
            DateEquals                         | 2026-01-31T00:00:00Z | 1769817600 | true
            DateNotEquals                      | 2026-01-31  | 2026-02-01T00:00:00Z | true
            DateLessThan                       | 2026-01-31T00:00:00Z | 2026-01-30T23:59:59Z | true
            DateLessThanEquals                 | 2026-01-31T00:00:00Z | 2026-01-31T01:00:00+01:00 | true
            DateGreaterThan                    | 2026-01-31T00:00:00Z | 2026-01-31T00:00:00Z | false
            DateGreaterThanEquals              | 2026-01-31T00:00:00Z | 2026-01-31T00:00:00Z | true
            Bool                               | true        | TRUE          | true
            Bool                               | true        | false         | false
            Bool                               | false       | -             | false
            BoolIfExists                       | false       | -             | true
            BinaryEquals                       | QmluYXJ5    | QmluYXJ5      | true
            IpAddress                          | 203.0.113.0/24 | 203.0.113.77 | true
            IpAddress                          | 203.0.113.0/24 | 203.0.114.1  | false
            IpAddress                          | 203.0.113.7 | 203.0.113.7   | true
            IpAddress                          | 2001:db8::/32 | 2001:db8:1::1 | true
            IpAddress                          | 2001:db8::/32 | 203.0.113.7  | false
            IpAddress                          | 0.0.0.0/0   | not-an-address | false
            NotIpAddress                       | 203.0.113.0/24 | 203.0.114.1  | true
            ArnEquals                          | arn:aws:iam::*:role/app | arn:aws:iam::111122223333:role/app | true
            ArnLike                            | arn:aws:iam::111122223333:role/* | arn:aws:iam::111122223333:role/a/b:c | true
            ArnLike                            | arn:aws:*:role/app | arn:aws:iam::111122223333:role/app | false
            ArnLike                            | *           | arn:aws:iam::111122223333:role/app | true
            ArnNotEquals                       | arn:aws:iam::*:role/app | arn:aws:iam::111122223333:role/other | true
            ArnNotLike                         | arn:aws:iam::*:role/* | arn:aws:iam::111122223333:role/other | false
            Null                               | true        | -             | true
            Null                               | true        | a             | false
            Null                               | false       | a             | true
            Null                               | false       | -             | false
            ForAllValues:StringEquals          | a;b         | a;b           | true
            ForAllValues:StringEquals          | a;b         | a;c           | false
            ForAllValues:StringEquals          | a           | -             | true
            ForAllValues:StringLike            | a*          | ab;ac         | true
            ForAllValues:StringNotEquals       | a;b         | c;d           | true
            ForAllValues:StringNotEquals       | a;b         | c;a           | false
            ForAnyValue:StringEquals           | a;b         | x;b           | true
            ForAnyValue:StringEquals           | a;b         | x;y           | false
            ForAnyValue:StringEquals           | a           | -             | false
            ForAnyValue:StringNotEquals        | a           | a;b           | true
            ForAnyValue:StringNotEquals        | a           | a             | false
            ForAnyValue:StringEqualsIfExists   | a           | -             | true
            """)
    void comparesAsIamDoes(String operator, String expected, String actual, boolean holds) {
        Condition condition = Condition.read("Condition", operator, KEY, List.of(expected.split(";")));
        List<String> values = actual == null ? List.of() : Arrays.asList(actual.split(";"));
        assertThat(holds(condition, values)).isEqualTo(holds);
    }

    @Test
    void everyOperatorReadsBackUnderItsOwnName() {
        for (ConditionOperator operator : ConditionOperator.values()) {
            assertThat(ConditionOperator.named(operator.word())).contains(operator);
        }
    }

    @Test
    void emptyListOfValuesNeverHolds() {
        assertThat(holds(Condition.read("Condition", "StringEquals", KEY, List.of()), List.of("a")))
                .isFalse();
    }

    private static boolean holds(Condition condition, List<String> values) {
        AccessRequest request = new AccessRequest(
                Principal.root("111122223333"),
                "ecr:BatchGetImage",
                "*",
                "111122223333",
                values.isEmpty() ? Map.of() : Map.of("Slipway:Key", values));
        RequestContext context = new RequestContext(request);
        return condition.holds(context, new Variables(context, true));
    }
}
