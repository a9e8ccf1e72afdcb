package dev.slipway.cloud.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Decision.Judged;
import dev.slipway.policy.Decision.Match;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The last decisions, for people who ask why. In memory only; holds no secret. Thread-safe. */
public final class DecisionLog {
    /** How many decisions are remembered. */
    public static final int CAPACITY = 1000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Mode mode;
    private final Reasons reasons;
    private final Deque<Entry> entries = new ArrayDeque<>();

    DecisionLog(Mode mode, Reasons reasons) {
        this.mode = mode;
        this.reasons = reasons;
    }

    private record Entry(String requestId, Instant at, AccessRequest request, Decision decision) {}

    void add(String requestId, Instant at, AccessRequest request, Decision decision) {
        synchronized (entries) {
            if (entries.size() == CAPACITY) {
                entries.removeFirst();
            }
            entries.addLast(new Entry(requestId, at, request, decision));
        }
    }

    /**
     * What {@code slipway local explain} shows: a JSON object with the mode and the decisions, oldest first.
     *
     * @param requestId only the decisions of this request; all when empty
     * @param deniedOnly only those that said no
     * @param last at most so many, the newest ones
     */
    public String json(String requestId, boolean deniedOnly, int last) {
        List<Entry> found = new ArrayList<>();
        synchronized (entries) {
            for (var newest = entries.descendingIterator(); newest.hasNext() && found.size() < last; ) {
                Entry entry = newest.next();
                boolean meant = requestId.isEmpty() || entry.requestId.equals(requestId);
                if (meant && !(deniedOnly && entry.decision.allowed())) {
                    found.add(entry);
                }
            }
        }
        Collections.reverse(found);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("mode", mode.name().toLowerCase(Locale.ROOT));
        answer.put("decisions", found.stream().map(this::tree).toList());
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("decisions of texts cannot be written", impossible);
        }
    }

    private Map<String, Object> tree(Entry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("requestId", entry.requestId);
        tree.put("time", entry.at.truncatedTo(ChronoUnit.MILLIS).toString());
        tree.put("principal", entry.request.principal().arn());
        tree.put("action", entry.request.action());
        tree.put("resource", entry.request.resource());
        tree.put("resourceAccount", entry.request.resourceAccount());
        tree.put("allowed", entry.decision.allowed());
        tree.put("passed", entry.decision.allowed() || mode == Mode.AUDIT);
        tree.put("because", because(entry));
        tree.put("remedy", Remedy.of(entry.request, entry.decision));
        tree.put("context", entry.request.keys());
        tree.put(
                "statements",
                entry.decision.considered().stream()
                        .map(judged -> tree(judged, entry))
                        .toList());
        return tree;
    }

    private static String because(Entry entry) {
        if (!entry.decision.allowed()) {
            return Denial.why(entry.decision, entry.request.action());
        }
        return entry.decision.deciding().isEmpty()
                ? "because the root of an account may do everything in it"
                : "because of the statements that counted";
    }

    private Map<String, Object> tree(Judged judged, Entry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("part", judged.part().name().toLowerCase(Locale.ROOT));
        tree.put("policy", judged.policy());
        tree.put("index", judged.index());
        String sid = judged.statement().sid();
        if (sid != null) {
            tree.put("sid", sid);
        }
        tree.put("effect", judged.statement().effect().word());
        tree.put("counted", entry.decision.deciding().contains(judged));
        tree.put("matched", judged.match() == Match.MATCHES);
        tree.put("why", reasons.of(judged, entry.request));
        return tree;
    }
}
