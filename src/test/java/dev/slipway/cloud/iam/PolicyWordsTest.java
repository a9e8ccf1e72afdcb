package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What IAM says of policies that are none: its own sentence first, then where and why. */
final class PolicyWordsTest {
    private final Fixture account = new Fixture();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON                   | nonsense                                                             | Syntax errors in policy.
            unknown element           | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Why":"not"}} | Syntax errors in policy. (unknown element Statement.Why)
            lower case                | {"version":"2012-10-17","statement":[]}                               | Syntax errors in policy. (unknown element
            no effect                 | {"Version":"2012-10-17","Statement":{"Action":"*","Resource":"*"}}    | Syntax errors in policy.
            unknown operator          | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Is":{"a":"b"}}}} | Syntax errors in policy.
            effect in another case    | {"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}} | The policy failed legacy parsing
            date that is none         | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"a":"soon"}}}} | The policy failed legacy parsing
            no action                 | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}} | Policy statement must contain actions.
            empty list of actions     | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[],"Resource":"*"}} | Policy statement must contain actions.
            no resource               | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}  | Policy statement must contain resources.
            empty list of resources   | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":[]}} | Policy statement must contain resources.
            action without a service  | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"Pull","Resource":"*"}} | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
            empty action              | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"","Resource":"*"}} | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
            two colons                | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:Get:Image","Resource":"*"}} | Actions/Condition can contain only one colon.
            service with a space      | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"e r:Get","Resource":"*"}} | Vendor e r is not valid
            resource that is no ARN   | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"app"}} | Resource app must be in ARN format or "*".
            empty resource            | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":""}} | Resource  must be in ARN format or "*".
            another partition         | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:b:ecr:d"}} | Partition "b" is not valid for resource "arn:b:ecr:d:*:*".
            ARN without its head      | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"aws:ecr:::app"}} | Partition "ecr" is not valid for resource "arn:ecr:::app:*".
            ARN without a service     | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws"}} | Resource vendor must be fully qualified and cannot contain regexes.
            service with a star       | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:*:::app"}} | Resource vendor must be fully qualified and cannot contain regexes.
            ARN of five parts         | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr::app"}} | The policy failed legacy parsing
            IAM in a region           | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:iam:eu-west-1::role/a"}} | IAM resource arn:aws:iam:eu-west-1::role/a cannot contain region information.
            IAM without a kind        | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:iam::111122223333:*/*"}} | IAM resource path must either be "*", root, or start with user/, federated-user/, role/,
            two statements of one Sid | {"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"a:*","Resource":"*"}]} | Statement IDs (SID) in a single policy must be unique.
            no version                | {"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}          | Policy document must be version 2012-10-17 or greater.
            the old version           | {"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}} | Policy document must be version 2012-10-17 or greater.
            a principal               | {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}} | Policy document should not specify a principal.
            """)
    void managedPolicyThatIsNoneIsRefused(String title, String document, String words) {
        assertFault(() -> account.policy("own", document), "MalformedPolicyDocument", 400, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*:*\",\"Resource\":\"*\"}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3.x:Get it\",\"Resource\":\"*\"}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"NotAction\":\"a:b\",\"NotResource\":\"*\"}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"a:*\",\"Resource\":\"arn:aws:ecr\"}}",
                "{\"Version\":\"2012-10-17\",\"Id\":\"x\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"a:*\"],\"Resource\":[\"*\"],"
                        + "\"Condition\":{\"DateLessThan\":{},\"StringLike\":{\"a\":[]}}}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"arn:*:iam::*:role/a*\"}}"
            })
    void oddPoliciesAreTaken(String document) {
        assertThat(account.policy("own", document)).isNotEmpty();
    }

    @Test
    void noPolicyBeginsWithASpace() {
        account.user("ann");
        assertFault(
                () -> account.userPolicy("ann", " " + Fixture.EVERYTHING),
                "MalformedPolicyDocument",
                400,
                "JSON strings must not have leading spaces");
    }

    @Test
    void anInlinePolicyMayBeInTheOldVersion() {
        account.user("ann");
        account.userPolicy("ann", "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}");
        assertFault(
                () -> account.userPolicy(
                        "ann", "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"a\"}}"),
                "MalformedPolicyDocument",
                400,
                "Resource a must be in ARN format or \"*\". (Statement[0])");
    }
}
