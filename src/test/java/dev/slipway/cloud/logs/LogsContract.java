package dev.slipway.cloud.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsFront;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** What a reader sees through the real SDK client, wherever the events are kept. */
abstract class LogsContract {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "eu-west-1";
    static final String GROUP = "/aws/apprunner/hello/0123/application";
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    final List<String> asked = new ArrayList<>();
    Logs logs;
    private HttpServer server;
    CloudWatchLogsClient client;
    private boolean denied;

    abstract Logs open(long mostBytes) throws IOException;

    @BeforeEach
    void start() throws IOException {
        start(open(1 << 20));
    }

    void start(Logs opened) throws IOException {
        logs = opened;
        Caller root = new Caller(
                ACCOUNT,
                "arn:aws:iam::" + ACCOUNT + ":root",
                ACCOUNT,
                ACCOUNT,
                Optional.empty(),
                Optional.empty(),
                Map.of());
        AwsFront front = new AwsFront(
                List.of(logs.service()),
                key -> Optional.of(new Credentials(root, Optional.empty(), Optional.empty())),
                question -> {
                    asked.add(question.action() + " " + question.resource());
                    if (denied) {
                        throw new AwsException("AccessDeniedException", 400, "no");
                    }
                },
                Instant::now,
                new SplittableRandom(1));
        server = HttpServer.builder().fallback(front).start(0);
        client = CloudWatchLogsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "x")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        logs.close();
    }

    void write(String stream, int second, String message) {
        logs.append(ACCOUNT, REGION, GROUP, stream, START.plusSeconds(second), message);
    }

    private List<String> filtered(String pattern) {
        return client.filterLogEvents(request -> request.logGroupName(GROUP).filterPattern(pattern)).events().stream()
                .map(FilteredLogEvent::message)
                .toList();
    }

    @Test
    void eventsOfAStreamComeInTheirOrder() {
        write("instance/a", 1, "grüße 🚢\ttab\nsecond line");
        write("instance/a", 2, "");
        write("instance/b", 3, "other");

        GetLogEventsResponse page = client.getLogEvents(request ->
                request.logGroupName(GROUP).logStreamName("instance/a").startFromHead(true));

        assertThat(page.events()).extracting(OutputLogEvent::message).containsExactly("grüße 🚢\ttab\nsecond line", "");
        assertThat(page.events().get(0).timestamp())
                .isEqualTo(START.plusSeconds(1).toEpochMilli());
        assertThat(page.events().get(0).ingestionTime()).isPositive();
        assertThat(asked)
                .containsExactly("logs:GetLogEvents arn:aws:logs:eu-west-1:111122223333:log-group:" + GROUP
                        + ":log-stream:instance/a");
    }

    @Test
    void withoutATokenTheNewestComeFirst() {
        for (int i = 1; i <= 5; i++) {
            write("s", i, "m" + i);
        }

        GetLogEventsResponse page = client.getLogEvents(
                request -> request.logGroupName(GROUP).logStreamName("s").limit(2));
        GetLogEventsResponse back = client.getLogEvents(request ->
                request.logGroupName(GROUP).logStreamName("s").limit(2).nextToken(page.nextBackwardToken()));

        assertThat(page.events()).extracting(OutputLogEvent::message).containsExactly("m4", "m5");
        assertThat(back.events()).extracting(OutputLogEvent::message).containsExactly("m2", "m3");
    }

    @Test
    void aReaderCanFollowAStream() {
        write("s", 1, "m1");
        write("s", 2, "m2");
        write("s", 3, "m3");
        List<String> seen = new ArrayList<>();
        String token = null;
        boolean end = false;
        for (int page = 0; !end && page < 10; page++) {
            String from = token;
            GetLogEventsResponse next = client.getLogEvents(request -> request.logGroupName(GROUP)
                    .logStreamName("s")
                    .startFromHead(true)
                    .limit(2)
                    .nextToken(from));
            next.events().forEach(event -> seen.add(event.message()));
            end = next.nextForwardToken().equals(token);
            token = next.nextForwardToken();
        }
        assertThat(seen).as("the same token at the end").containsExactly("m1", "m2", "m3");

        write("s", 4, "m4");
        String last = token;
        assertThat(client.getLogEvents(request ->
                                request.logGroupName(GROUP).logStreamName("s").nextToken(last))
                        .events())
                .extracting(OutputLogEvent::message)
                .containsExactly("m4");
    }

    @Test
    void aWindowOfTimeHasItsStartAndNotItsEnd() {
        for (int i = 1; i <= 4; i++) {
            write("s", i, "m" + i);
        }

        assertThat(client.filterLogEvents(request -> request.logGroupName(GROUP)
                                .startTime(START.plusSeconds(2).toEpochMilli())
                                .endTime(START.plusSeconds(4).toEpochMilli()))
                        .events())
                .extracting(FilteredLogEvent::message)
                .containsExactly("m2", "m3");
    }

    @Test
    void streamsAreMergedByTimeAndPaged() {
        for (int i = 0; i < 10; i++) {
            write(i % 2 == 0 ? "even" : "odd", i / 3, "m" + i);
        }
        List<FilteredLogEvent> seen = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            FilterLogEventsResponse page = client.filterLogEvents(
                    request -> request.logGroupName(GROUP).limit(3).nextToken(from));
            seen.addAll(page.events());
            token = page.nextToken();
        } while (token != null);

        assertThat(seen).extracting(FilteredLogEvent::timestamp).isSorted();
        assertThat(seen).extracting(FilteredLogEvent::message).hasSize(10).doesNotHaveDuplicates();
        assertThat(seen).extracting(FilteredLogEvent::eventId).doesNotHaveDuplicates();
        assertThat(client.filterLogEvents(request -> request.logGroupName(GROUP).logStreamNamePrefix("e"))
                        .events())
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.logStreamName()).isEqualTo("even"));
        assertThat(client.filterLogEvents(request -> request.logGroupName(GROUP).logStreamNames("odd"))
                        .events())
                .hasSize(5);
    }

    @Test
    void termsFilter() {
        write("s", 1, "ERROR one two");
        write("s", 2, "WARN one");
        write("s", 3, "error two");

        assertThat(filtered("one two")).containsExactly("ERROR one two");
        assertThat(filtered("\"one two\"")).containsExactly("ERROR one two");
        assertThat(filtered("?ERROR ?WARN")).containsExactly("ERROR one two", "WARN one");
        assertThat(filtered("two -ERROR")).containsExactly("error two");
        assertThat(filtered("")).hasSize(3);
        assertThatThrownBy(() -> filtered("[ip, user]"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("not by fields");
        assertThatThrownBy(() -> filtered("\"open")).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{ $.level = \"error\" }; 1",
                "{$.level=error}; 1",
                "{ $.level != \"error\" }; 2 3",
                "{ $.level = \"*a*n\" }; 2",
                "{ $.status >= 404 && $.status < 500 }; 2",
                "{ $.status = 404 }; 2",
                "{ $.status = \"40*\" }; 2",
                "{ ($.status = 500) || ($.level = \"info\") }; 1 3",
                "{ $.user.id = 7 }; 1",
                "{ $.user.roles[1] = \"admin\" }; 1",
                "{ $.user.roles[*] = \"dev\" }; 1",
                "{ $.user.* = 7 }; 1",
                "{ $.user NOT EXISTS }; 2",
                "{ $.user IS NULL }; 3",
                "{ $.ok IS TRUE }; 3",
                "{ $.ok is false }; 2",
                "{ $.none = 1 }; ``",
            })
    void fieldsOfMessagesThatAreJsonFilter(String pattern, String found) {
        write(
                "s",
                1,
                "{\"level\":\"error\",\"status\":500,\"user\":{\"id\":7,\"roles\":[\"dev\",\"admin\"]},\"n\":\"1\"}");
        write("s", 2, "{\"level\":\"warn in\",\"status\":404.0,\"ok\":false,\"n\":\"2\"}");
        write("s", 3, "  {\"level\":\"info\",\"status\":200,\"ok\":true,\"user\":null,\"n\":\"3\"}");
        write("s", 4, "level error 404");
        write("s", 5, "{\"level\":\"error\"");

        assertThat(filtered(pattern).stream()
                        .map(message -> message.replaceFirst("(?s).*\"n\":\"(.)\".*", "$1"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{ $.a }",
                "{ $.a = }",
                "{ $.a = 1",
                "{ a = 1 }",
                "{ $ = 1 }",
                "{ $.a ~ 1 }",
                "{ $.a < \"x\" }",
                "{ ($.a = 1 }",
                "{ $.a = 1 && }",
                "{ $.a = 1 $.b = 2 }",
                "{ $.a IS 1 }",
                "{ $.a[x] = 1 }",
                "{ $.a = \"x }",
            })
    void whatIsNoPatternOfJsonIsRefused(String pattern) {
        write("s", 1, "{}");
        assertThatThrownBy(() -> filtered(pattern))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid filter pattern");
    }

    @Test
    void whatIsNotThereOrElsewhereIsRefused() {
        write("s", 1, "x");
        assertThatThrownBy(() -> client.filterLogEvents(
                        request -> request.logGroupName(GROUP).logStreamNames("s", "t")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("stream does not exist");
        String arn = "arn:aws:logs:" + REGION + ":" + ACCOUNT + ":log-group:" + GROUP;
        assertThat(client.filterLogEvents(request -> request.logGroupIdentifier(arn))
                        .events())
                .hasSize(1);
        assertThatThrownBy(() -> client.filterLogEvents(
                        request -> request.logGroupIdentifier(arn.replace(ACCOUNT, "444455556666"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(ACCOUNT);
        assertThatThrownBy(() -> client.describeLogGroups(
                        request -> request.logGroupNamePrefix("/a").logGroupNamePattern("b")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("mutually exclusive");
        assertThat(client.describeLogGroups(request -> request.logGroupClass("INFREQUENT_ACCESS"))
                        .logGroups())
                .isEmpty();
    }

    @Test
    void groupsAndStreamsAreListed() {
        write("b", 5, "x");
        write("a", 1, "y");
        logs.append(ACCOUNT, REGION, "/other", "s", START, "z");
        logs.append(ACCOUNT, "us-east-1", "/elsewhere", "s", START, "z");
        logs.append("444455556666", REGION, "/theirs", "s", START, "z");

        assertThat(client.describeLogGroups().logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly(GROUP, "/other");
        LogGroup group = client.describeLogGroups(request -> request.logGroupNamePrefix("/aws/"))
                .logGroups()
                .get(0);
        assertThat(group.arn()).isEqualTo("arn:aws:logs:eu-west-1:111122223333:log-group:" + GROUP + ":*");
        assertThat(group.storedBytes()).isPositive();
        assertThat(client.describeLogStreams(request -> request.logGroupName(GROUP))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("a", "b");
        List<LogStream> newest = client.describeLogStreams(
                        request -> request.logGroupIdentifier(group.arn().replaceFirst(":\\*$", ""))
                                .orderBy(OrderBy.LAST_EVENT_TIME)
                                .descending(true))
                .logStreams();
        assertThat(newest).extracting(LogStream::logStreamName).containsExactly("b", "a");
        assertThat(newest.get(0).lastEventTimestamp())
                .isEqualTo(START.plusSeconds(5).toEpochMilli());
    }

    @Test
    void listsArePaged() {
        for (int i = 0; i < 7; i++) {
            write("s" + i, i, "x");
        }

        assertThat(client.describeLogStreamsPaginator(
                                request -> request.logGroupName(GROUP).limit(3))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6");
    }

    @Test
    void aListGoesOnBehindAGroupThatIsGone() {
        for (String name : List.of("a", "b", "c")) {
            client.createLogGroup(request -> request.logGroupName(name));
        }
        String next = client.describeLogGroups(request -> request.limit(2)).nextToken();
        client.deleteLogGroup(request -> request.logGroupName("b"));

        assertThat(client.describeLogGroups(request -> request.nextToken(next)).logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly("c");
    }

    @Test
    void aDeletedGroupIsGoneAndCanComeBack() {
        write("s", 1, "old");
        client.deleteLogGroup(request -> request.logGroupName(GROUP));

        assertThatThrownBy(() -> filtered(""))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("log group does not exist");
        assertThatThrownBy(() -> client.deleteLogGroup(request -> request.logGroupName(GROUP)))
                .isInstanceOf(ResourceNotFoundException.class);
        write("s", 2, "new");
        assertThat(filtered("")).containsExactly("new");
    }

    @Test
    void whatIsNotThereSaysSo() {
        write("s", 1, "x");

        assertThatThrownBy(() -> client.getLogEvents(
                        request -> request.logGroupName(GROUP).logStreamName("no")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("log stream");
        assertThatThrownBy(() -> client.getLogEvents(request ->
                        request.logGroupName(GROUP).logStreamName("s").nextToken("nonsense")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> client.filterLogEvents(request -> request.limit(1)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("logGroupName");
    }

    @Test
    void aDenialStopsTheReader() {
        write("s", 1, "x");
        denied = true;

        assertThatThrownBy(() -> filtered(""))
                .isInstanceOf(CloudWatchLogsException.class)
                .extracting(error ->
                        ((CloudWatchLogsException) error).awsErrorDetails().errorCode())
                .isEqualTo("AccessDeniedException");
    }

    @Test
    void theOldestGoWhenThereAreTooMany() throws IOException {
        stop();
        start(open(20_000));
        for (int i = 0; i < 2000; i++) {
            write("s", i, "message " + i + " " + "x".repeat(50));
        }

        List<OutputLogEvent> kept = client.getLogEvents(request ->
                        request.logGroupName(GROUP).logStreamName("s").startFromHead(true))
                .events();
        assertThat(kept).hasSizeBetween(100, 500);
        assertThat(kept.get(kept.size() - 1).message()).startsWith("message 1999 ");
        assertThat(kept).extracting(OutputLogEvent::timestamp).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aMessageThatIsTooLongIsCut() {
        write("s", 1, "x".repeat(300_000));

        assertThat(filtered("").get(0)).hasSize(256 * 1024);
    }

    @Test
    void aGroupHasABoundedNumberOfStreams() {
        for (int i = 0; i < 510; i++) {
            write("s" + i, i, "x");
        }

        assertThat(client.describeLogStreamsPaginator(request -> request.logGroupName(GROUP))
                        .logStreams())
                .hasSize(500);
        assertThat(client.filterLogEvents(request -> request.logGroupName(GROUP).logStreamNames("s509"))
                        .events())
                .hasSize(1);
    }

    @Test
    void groupsCanBeMadeTaggedAndKeptForAWhile() {
        client.createLogGroup(request -> request.logGroupName("/mine").tags(Map.of("team", "red")));
        assertThatThrownBy(() -> client.createLogGroup(request -> request.logGroupName("/mine")))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        String arn = client.describeLogGroups(request -> request.logGroupNamePrefix("/mine"))
                .logGroups()
                .get(0)
                .logGroupArn();
        client.tagResource(request -> request.resourceArn(arn).tags(Map.of("stage", "prod")));
        client.untagResource(request -> request.resourceArn(arn).tagKeys("team"));
        assertThat(client.listTagsForResource(request -> request.resourceArn(arn))
                        .tags())
                .containsExactly(Map.entry("stage", "prod"));

        write("instance/a", 1, "from long ago");
        logs.append(ACCOUNT, REGION, GROUP, "instance/a", Instant.now(), "from now");
        client.putRetentionPolicy(request -> request.logGroupName(GROUP).retentionInDays(1));
        assertThat(filtered("")).containsExactly("from now");
        assertThat(client.describeLogGroups(request -> request.logGroupNamePrefix(GROUP))
                        .logGroups()
                        .get(0)
                        .retentionInDays())
                .isEqualTo(1);
        client.deleteRetentionPolicy(request -> request.logGroupName(GROUP));
        assertThat(filtered("")).containsExactly("from long ago", "from now");
        client.deleteLogStream(request -> request.logGroupName(GROUP).logStreamName("instance/a"));
        assertThat(filtered("")).isEmpty();
    }
}
