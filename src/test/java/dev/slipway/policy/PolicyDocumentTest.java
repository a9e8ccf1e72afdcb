package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyDocumentTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            not json                  | {                                                                     | no valid JSON
            text after the policy     | {"Statement":{"Effect":"Allow","Action":"*"}} x                       | no valid JSON
            a name twice              | {"Statement":{"Effect":"Allow","Effect":"Deny","Action":"*"}}         | Duplicate
            not an object             | []                                                                    | expected a JSON object
            nothing                   | ``                                                                    | expected a JSON object
            no statement              | {"Version":"2012-10-17"}                                              | Statement: missing
            empty list of statements  | {"Statement":[]}                                                      | Statement: empty
            unknown version           | {"Version":"2012-10-18","Statement":{"Effect":"Allow","Action":"*"}}  | Version: expected 2012-10-17
            unknown element           | {"Statments":[],"Statement":{"Effect":"Allow","Action":"*"}}          | unknown element Statments
            unknown statement element | {"Statement":[{"Effect":"Allow","Action":"*","Conditions":{}}]}       | unknown element Statement[0].Conditions
            no effect                 | {"Statement":[{"Action":"*"}]}                                        | Statement[0].Effect: expected Allow or Deny but it is missing
            effect in another case    | {"Statement":[{"Effect":"allow","Action":"*"}]}                       | Statement[0].Effect: expected Allow or Deny but found allow
            no action                 | {"Statement":[{"Effect":"Allow","Resource":"*"}]}                     | Statement[0]: expected Action or NotAction
            action and not action     | {"Statement":{"Effect":"Allow","Action":"*","NotAction":"*"}}         | only one of Action and NotAction
            empty list of actions     | {"Statement":[{"Effect":"Allow","Action":[]}]}                        | Statement[0].Action: expected at least one value
            action without a service  | {"Statement":[{"Effect":"Allow","Action":"Pull"}]}                    | Statement[0].Action: expected an action such as
            a number as an action     | {"Statement":[{"Effect":"Allow","Action":7}]}                         | Statement[0].Action: expected text
            principal as a text       | {"Statement":{"Effect":"Allow","Action":"*","Principal":"me"}}        | Statement.Principal: expected "*" or an object
            principal of unknown kind | {"Statement":{"Effect":"Allow","Action":"*","Principal":{"aws":"*"}}} | unknown element Statement.Principal.aws
            unknown operator          | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"StringIs":{"a":"b"}}}}      | Statement.Condition: unknown condition operator StringIs
            quantified null           | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"NullIfExists":{"a":"true"}}}} | unknown condition operator NullIfExists
            not a number              | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"NumericLessThan":{"a":"x"}}}} | expected a number for NumericLessThan but found "x"
            not a date                | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"DateLessThan":{"a":"soon"}}}} | expected a date
            not an address            | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"IpAddress":{"a":"1.2.3"}}}}   | expected an IP address
            neither true nor false    | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"Bool":{"a":"yes"}}}}          | expected true or false
            operator without keys     | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"Bool":"true"}}}               | Statement.Condition.Bool: expected an object of condition keys
            value that is an object   | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"Bool":{"a":{}}}}}             | Statement.Condition.Bool.a: expected text
            a line twice              | {"Statement":{"Effect":"Deny","Action":"*","Condition":{"StringLike":{"a":"b","A":"c"}}}} | there twice
            """)
    void saysWhatIsWrongAndWhere(String title, String json, String message) {
        assertThatThrownBy(() -> PolicyDocument.parse(json))
                .isInstanceOf(MalformedPolicy.class)
                .hasMessageContaining(message);
    }

    @Test
    void canonicalFormIsTheSameForTheSameMeaning() {
        PolicyDocument one = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "B", "Effect": "Deny", "Principal": "*", "Action": ["ecr:*"]},
                  {"Sid": "A", "Effect": "Allow", "Principal": {"AWS": "111122223333"},
                   "Action": ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ECR:BatchGetImage"],
                   "Condition": {"Bool": {"aws:SecureTransport": true}, "StringLike": {"AWS:UserId": ["b", "a"]}}}]}""");
        PolicyDocument other = PolicyDocument.parse("""
                {"Statement": [
                  {"Condition": {"stringlike": {"aws:userid": ["a", "b"]}, "Bool": {"aws:securetransport": "true"}},
                   "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                   "Principal": {"AWS": ["arn:aws:iam::111122223333:root"]}, "Effect": "Allow", "Sid": "A"},
                  {"Sid": "B", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "ecr:*"}],
                 "Version": "2012-10-17"}""");
        assertThat(one.canonical()).isEqualTo(other.canonical());
        assertThat(PolicyDocument.parse(one.canonical()).canonical()).isEqualTo(one.canonical());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Effect":"Deny","Action":"ecr:*"     | "Effect":"Allow","Action":"ecr:*"
            "Effect":"Deny","Action":"ecr:*"     | "Effect":"Deny","NotAction":"ecr:*"
            "Effect":"Deny","Action":"*","Resource":"a" | "Effect":"Deny","Action":"*","Resource":"A"
            "Effect":"Deny","Action":"*"         | "Effect":"Deny","Action":"*","Resource":"*"
            "Effect":"Deny","Action":"*","Condition":{"StringEquals":{"a":"b"}} | "Effect":"Deny","Action":"*","Condition":{"StringEqualsIfExists":{"a":"b"}}
            """)
    void canonicalFormDiffersWhereTheMeaningDoes(String one, String other) {
        assertThat(PolicyDocument.parse("{\"Statement\":{" + one + "}}").canonical())
                .isNotEqualTo(
                        PolicyDocument.parse("{\"Statement\":{" + other + "}}").canonical());
    }

    @Test
    void writesWhatItRead() {
        PolicyDocument document = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Id": "x", "Statement": {"Sid": "one", "Effect": "Allow",
                 "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:role/a"], "Service": "b.amazonaws.com"},
                 "NotAction": "ecr:Put*", "NotResource": "arn:x",
                 "Condition": {"ForAnyValue:StringLikeIfExists": {"k": ["a", "b"]}, "Null": {"n": true}}}}""");
        assertThat(PolicyDocument.parse(document.toJson())).isEqualTo(document);
    }

    @Test
    void replacesPrincipalsButNotEveryoneAndNotServices() {
        PolicyDocument document = PolicyDocument.parse("""
                {"Statement": {"Effect": "Allow", "Action": "*",
                 "Principal": {"AWS": ["*", "arn:aws:iam::111122223333:role/a"], "Service": "b.amazonaws.com"}}}""");
        assertThat(document.awsPrincipals()).containsExactly("arn:aws:iam::111122223333:role/a");
        assertThat(document.servicePrincipals()).containsExactly("b.amazonaws.com");
        assertThat(document.withAwsPrincipals(arn -> "AROAX")
                        .statements()
                        .get(0)
                        .principals())
                .isEqualTo(new Principals(List.of("*", "AROAX"), List.of("b.amazonaws.com"), List.of(), List.of()));
    }

    @Test
    void identityPolicyNamesResourcesAndNoPrincipal() {
        assertRefused(
                "{\"Effect\":\"Allow\",\"Action\":\"*\"}",
                PolicyDocument::requireIdentityPolicy,
                "must contain resources");
        assertRefused(
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\"}",
                PolicyDocument::requireIdentityPolicy,
                "should not specify a principal");
        assertRefused(
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"repo\"}",
                PolicyDocument::requireIdentityPolicy,
                "Resource repo must be in ARN format");
        assertRefused(
                "{\"Sid\":\"a b\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
                PolicyDocument::requireIdentityPolicy,
                "must be alpha-numeric");
    }

    @Test
    void trustPolicyNamesPrincipalsAndOnlyStsActions() {
        assertRefused(
                "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"}",
                PolicyDocument::requireTrustPolicy,
                "Principal");
        assertRefused(
                "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":\"*\",\"Resource\":\"*\"}",
                PolicyDocument::requireTrustPolicy,
                "prohibited field Resource");
        assertRefused(
                "{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Principal\":\"*\"}",
                PolicyDocument::requireTrustPolicy,
                "may only specify STS AssumeRole actions");
    }

    @Test
    void resourcePolicyNamesPrincipals() {
        assertRefused("{\"Effect\":\"Allow\",\"Action\":\"*\"}", PolicyDocument::requireResourcePolicy, "Statement[0]");
    }

    @Test
    void matchingAHostilePatternTakesNoTimeWorthNaming() {
        String pattern = "*a".repeat(2000);
        assertThat(Glob.isAction(pattern + "b", "a".repeat(4000))).isFalse();
        assertThat(Glob.isAction(pattern, "a".repeat(4000))).isTrue();
    }

    private static void assertRefused(String statement, UnaryOperator<PolicyDocument> rule, String message) {
        PolicyDocument document = PolicyDocument.parse("{\"Statement\":[" + statement + "]}");
        assertThatThrownBy(() -> rule.apply(document))
                .isInstanceOf(MalformedPolicy.class)
                .hasMessageContaining(message);
    }
}
