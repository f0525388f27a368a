package coursework;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Enqueues jobs in Coursework. One file, Java 17 or newer, no libraries.
 *
 * <pre>{@code
 * var jobs = new Coursework("https://jobs.example.org", key);
 * var job = jobs.enqueue(Coursework.job("email.send", Map.of("to", "ada@example.org", "template", "welcome")).track());
 * jobs.waitFor(job.id(), Duration.ofMinutes(1)).get("state");
 * }</pre>
 *
 * Each call makes its idempotency key once and asks again under that key, so that a lost answer makes no second job.
 * {@link #enqueueIn} needs no server: it writes the job in your own database transaction. Safe for use by many threads.
 */
public final class Coursework {
    private static final int MOST_JOBS = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);
    private static final Set<String> ENDED = Set.of("done", "discarded", "cancelled", "expired", "dead");

    private final String url;
    private final String key;
    private final Duration timeout;
    private final int attempts;
    private final HttpClient http;

    /** With 10 seconds an attempt, and 6 attempts a call. */
    public Coursework(String url, String key) {
        this(url, key, Duration.ofSeconds(10), 6);
    }

    /**
     * @param key of {@code coursework keys create NAME --role producer}; it is in no message
     * @param timeout of one attempt
     * @param attempts how often a call is tried in all; the pauses between them grow from 0.2 to 5 seconds
     */
    public Coursework(String url, String key, Duration timeout, int attempts) {
        if (!url.matches("https?://[^/].*")) {
            throw new IllegalArgumentException("The address of Coursework must be an http or https URL.");
        }
        // Looked at here: what refuses a header later tells its value.
        if (!key.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                "The key of Coursework must be printable ASCII, without spaces or line ends.");
        }
        this.url = url.replaceAll("/+$", "");
        this.key = key;
        this.timeout = timeout;
        this.attempts = Math.max(1, attempts);
        // HTTP/1.1: the server speaks no other, and is not to be asked each time.
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).build();
    }

    // Enqueueing

    /** A job to be enqueued; its type's payload as maps, lists, texts, numbers, booleans and nulls. */
    public static Job job(String type, Map<String, ?> args) {
        return new Job(type, Json.write(args));
    }

    /** The same with a payload that is JSON already. */
    public static Job job(String type, String args) {
        return new Job(type, args);
    }

    /** Stores one job. */
    public Enqueued enqueue(Job job) {
        return enqueue(job, null);
    }

    /** @param traceparent the W3C trace that the job goes on with, or null */
    public Enqueued enqueue(Job job, String traceparent) {
        return Enqueued.of(ask("POST", "/v1/jobs", job.json(), traceparent, Duration.ZERO));
    }

    /** Stores up to 10,000 jobs, and answers for each in their order: what is wrong with one holds up no other. */
    public List<Result> enqueueMany(List<Job> jobs) {
        return enqueueMany(jobs, null);
    }

    public List<Result> enqueueMany(List<Job> jobs, String traceparent) {
        if (jobs.size() > MOST_JOBS) {
            throw new IllegalArgumentException(
                jobs.size() + " jobs are too many for one call: " + MOST_JOBS + " are allowed.");
        }
        var texts = jobs.stream().map(Job::json).toList();
        var results = new Result[texts.size()];
        var left = IntStream.range(0, texts.size()).boxed().toList();
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            var body = "[" + String.join(",", left.stream().map(texts::get).toList()) + "]";
            var answers = (List<?>) ask("POST", "/v1/jobs", body, traceparent, Duration.ZERO).get("jobs");
            for (int number = 0; number < left.size(); number++) {
                results[left.get(number)] = Result.of(Json.object(answers.get(number)));
            }
            left = left.stream().filter(place -> results[place].mayBeRepeated()).toList();
            if (attempt + 1 >= attempts) {
                break;
            }
            if (!left.isEmpty()) {
                sleep(pause(attempt, null));
            }
        }
        return Arrays.asList(results);
    }

    // One job

    /** State, progress, result and whatever else is known; of a job that has ended only if it was tracked. */
    public Map<String, Object> status(String id) {
        return ask("GET", path(id), null, null, Duration.ZERO);
    }

    /**
     * Waits for the end of a tracked job.
     *
     * @throws CourseworkException with the code {@code timeout} when it does not come in time
     */
    public Map<String, Object> waitFor(String id, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (true) {
            var look = Duration.ofNanos(Math.max(1_000_000, Math.min(LONGEST_LOOK.toNanos(), end - System.nanoTime())));
            var job = ask("GET", path(id) + "?wait=" + look.toMillis() + "ms", null, null, look);
            if (ENDED.contains(job.get("state"))) {
                return job;
            }
            if (System.nanoTime() >= end) {
                throw new CourseworkException(
                    0, "The job " + id + " has not ended within " + time.toMillis() + " ms.", "timeout");
            }
        }
    }

    /** cancelled, cancelling (it runs, and is told to stop), or the state in which it had ended. */
    public String cancel(String id) {
        return (String) ask("DELETE", path(id), null, null, Duration.ZERO).get("result");
    }

    // In a database transaction

    private static final String OUTBOX = """
        WITH job AS (SELECT coalesce(md5(CAST(? AS text))::uuid, gen_random_uuid()) AS id), written AS (
            INSERT INTO coursework.outbox (id, queue, type, args, run_at, trace)
            SELECT id, ?, ?, CAST(? AS json), CAST(? AS timestamptz), ? FROM job ON CONFLICT DO NOTHING
        ) SELECT CAST(id AS text) FROM job
        """;

    /**
     * Writes a job in the transaction of a connection: it is one exactly if that is committed. Of the job's options it takes
     * {@code queue}, which it needs, {@code at} and {@code idempotencyKey}. Nothing is checked but its form: a wrong payload
     * becomes a dead letter.
     *
     * @param traceparent the W3C trace that the job goes on with, or null
     * @return the id of the job
     */
    public static String enqueueIn(Connection connection, Job job, String traceparent) throws SQLException {
        var queue = (String) job.options.get("queue");
        if (queue == null || !Set.of("queue", "at").containsAll(job.options.keySet())) {
            throw new IllegalArgumentException("A row of the outbox needs a queue, and may have at and idempotencyKey.");
        }
        try (PreparedStatement statement = connection.prepareStatement(OUTBOX)) {
            statement.setString(1, job.chosenKey == null ? null : queue + ":" + job.chosenKey);
            statement.setString(2, queue);
            statement.setString(3, job.type);
            statement.setString(4, job.args);
            statement.setString(5, (String) job.options.get("at"));
            statement.setString(6, isTrace(traceparent) ? traceparent : null);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return queue + ":" + rows.getString(1);
            }
        }
    }

    // What goes in and comes out

    /** The job that stands for a call; its state is enqueued, or why another one does: duplicate, replaced, throttled. */
    public record Enqueued(String id, String state) {
        private static Enqueued of(Map<String, Object> answer) {
            return new Enqueued((String) answer.get("id"), (String) answer.get("state"));
        }
    }

    /** Of one of many: its job, or what is wrong with it; the other is null. */
    public record Result(Enqueued job, CourseworkException error) {
        private static Result of(Map<String, Object> answer) {
            if (!answer.containsKey("error")) {
                return new Result(Enqueued.of(answer), null);
            }
            var problem = Json.object(answer.get("error"));
            // The place of a job among the many says nothing to who has its answer.
            var detail = CourseworkException.detail(problem).replaceFirst("^/\\d+(?=/)", "");
            return new Result(null, new CourseworkException(((Number) problem.get("status")).intValue(), detail, null));
        }

        private boolean mayBeRepeated() {
            return error != null && error.mayBeRepeated();
        }
    }

    /** What the server refused, or that it could not be reached. */
    public static final class CourseworkException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final Pattern FIELD = Pattern.compile("^(/\\S*) ");
        private static final Map<Integer, String> CODES = Map.of(
            0, "unreachable", 400, "malformed", 401, "unauthorized", 403, "forbidden", 404, "unknown", 413, "too_large",
            422, "invalid", 429, "too_many_requests", 503, "unavailable", 504, "late");

        private final int status;
        private final String code;

        private CourseworkException(int status, String message, String code) {
            super(message);
            this.status = status;
            this.code = code != null ? code : status == 409 ? "conflict" : CODES.getOrDefault(status, "failed");
        }

        /** Of the answer; 0 where there was none. */
        public int status() {
            return status;
        }

        /** invalid, unavailable, unreachable, … */
        public String code() {
            return code;
        }

        /** What is wrong in the request, as a JSON pointer such as /args/to; else null. */
        public String field() {
            Matcher found = FIELD.matcher(getMessage());
            return found.find() ? found.group(1) : null;
        }

        public boolean mayBeRepeated() {
            return Set.of(0, 429, 502, 503, 504).contains(status);
        }

        private static CourseworkException of(int status, String content) {
            try {
                return new CourseworkException(status, detail(Json.object(Json.read(content))), null);
            } catch (RuntimeException noProblem) {
                return new CourseworkException(status, "The answer was " + status + ".", null);
            }
        }

        private static String detail(Map<String, Object> problem) {
            var detail = problem.containsKey("detail") ? problem.get("detail") : problem.get("title");
            return detail == null ? "It was refused." : detail.toString();
        }
    }

    /** A job to be enqueued, and how. */
    public static final class Job {
        private final String type;
        private final String args;
        private final Map<String, Object> options = new LinkedHashMap<>();
        private String chosenKey;

        private Job(String type, String args) {
            this.type = type;
            this.args = args;
        }

        /** By default the type's own. */
        public Job queue(String queue) {
            return with("queue", queue);
        }

        /** Not before this long from now. */
        public Job delay(Duration delay) {
            return with("delay_ms", delay.toMillis());
        }

        /** Not before this time; without {@link #delay}. */
        public Job at(Instant time) {
            return with("at", time.truncatedTo(ChronoUnit.MILLIS).toString());
        }

        /** Not beside another job with this key that has not ended. */
        public Job unique(String key) {
            return with("unique", Map.of("key", key));
        }

        /** @param mode reject, replace, debounce or throttle */
        public Job unique(String key, String mode, Duration window) {
            return with("unique", Map.of("key", key, "mode", mode, "window_ms", window.toMillis()));
        }

        /** Do not run it later than this long from now. */
        public Job expire(Duration time) {
            return with("expire_ms", time.toMillis());
        }

        /** Keep state, progress and result for a day. */
        public Job track() {
            return with("track", true);
        }

        public Job track(Duration time) {
            return with("track_ms", time.toMillis());
        }

        /** As a member of the batch with this id. */
        public Job batch(String id) {
            return with("batch", id);
        }

        /** As a row of the database's outbox: Redis need not be there. */
        public Job durable() {
            return with("durable", true);
        }

        /** Names the business event, such as {@code welcome-4711}; by default each call makes a new one. */
        public Job idempotencyKey(String key) {
            chosenKey = key;
            return this;
        }

        private Job with(String name, Object value) {
            options.put(name, value);
            return this;
        }

        /** Written once a call: a request that is sent again is the same one, byte for byte. */
        private String json() {
            var members = new LinkedHashMap<String, Object>();
            members.put("type", type);
            members.put("args", new Json.Text(args));
            members.putAll(options);
            members.put("idempotency_key", chosenKey != null ? chosenKey : UUID.randomUUID().toString());
            return Json.write(members);
        }
    }

    // HTTP

    private Map<String, Object> ask(String method, String path, String body, String traceparent, Duration patience) {
        for (int attempt = 0;; attempt++) {
            var answer = send(method, path, body, traceparent, timeout.plus(patience));
            var pause = pause(attempt, answer.retryAfter);
            var isLast = attempt + 1 >= attempts;
            if (answer.refusal != null && answer.refusal.mayBeRepeated() && !isLast
                && pause.compareTo(LONGEST_PAUSE) <= 0) {
                sleep(pause);
            } else if (answer.data != null) {
                return answer.data;
            } else {
                throw answer.refusal != null ? answer.refusal
                    : new CourseworkException(answer.status, "That is no answer of Coursework.", "failed");
            }
        }
    }

    private record Answer(int status, Map<String, Object> data, CourseworkException refusal, String retryAfter) {
    }

    /** That nobody answered is an answer, too. */
    private Answer send(String method, String path, String body, String traceparent, Duration time) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(time)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + key).header("Accept", "application/json")
            .header("User-Agent", "coursework-java");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (isTrace(traceparent)) {
            request.header("traceparent", traceparent);
        }
        try {
            return read(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException error) {
            var reason = error.getMessage() != null ? error.getMessage() : error.getClass().getSimpleName();
            var refusal = new CourseworkException(0, "Coursework cannot be reached: " + reason, null);
            return new Answer(0, null, refusal, null);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new CourseworkException(0, "The thread was interrupted while Coursework was asked.", "interrupted");
        }
    }

    /** It may come from a stranger's request: what is none goes no further, and the trace begins with the job. */
    private static boolean isTrace(String text) {
        return text != null && text.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    private static Answer read(HttpResponse<String> response) throws IOException {
        var status = response.statusCode();
        var isData = response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        var refusal = status >= 200 && status < 300 ? null : CourseworkException.of(status, response.body());
        try {
            var data = isData ? Json.object(Json.read(response.body())) : null;
            return new Answer(status, data, refusal, response.headers().firstValue("Retry-After").orElse(null));
        } catch (RuntimeException broken) {
            throw new IOException("The answer is no JSON.");
        }
    }

    /** What the server says counts, and grows with some chance, so that many do not come back together. */
    private static Duration pause(int attempt, String retryAfter) {
        var chance = ThreadLocalRandom.current().nextDouble();
        if (retryAfter != null && retryAfter.matches("\\d{1,9}")) {
            return Duration.ofMillis(Long.parseLong(retryAfter) * 1000 + (long) (200 * chance));
        }
        return Duration.ofMillis((long) (Math.min(5000, 200L << Math.min(attempt, 10)) * (0.5 + chance / 2)));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new CourseworkException(0, "The thread was interrupted while Coursework was asked.", "interrupted");
        }
    }

    private static String path(String id) {
        return "/v1/jobs/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
    }

    /** As much of JSON as is needed here. */
    private static final class Json {
        /** JSON already. */
        record Text(String json) {
        }

        private final String text;
        private int position;

        private Json(String text) {
            this.text = text;
        }

        static String write(Object value) {
            var out = new StringBuilder();
            write(value, out);
            return out.toString();
        }

        private static void write(Object value, StringBuilder out) {
            if (value instanceof Text text) {
                out.append(text.json);
            } else if (value == null || value instanceof Boolean || isNumber(value)) {
                out.append(value);
            } else if (value instanceof Map<?, ?> map) {
                var separator = "{";
                for (var member : map.entrySet()) {
                    quote(member.getKey().toString(), out.append(separator));
                    write(member.getValue(), out.append(':'));
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            } else if (value instanceof Iterable<?> list) {
                var separator = "[";
                for (var element : list) {
                    write(element, out.append(separator));
                    separator = ",";
                }
                out.append(separator.equals("[") ? "[]" : "]");
            } else {
                quote(value.toString(), out);
            }
        }

        private static boolean isNumber(Object value) {
            if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException("JSON has no number " + value + ".");
            }
            return value instanceof Number;
        }

        private static void quote(String value, StringBuilder out) {
            out.append('"');
            for (int index = 0; index < value.length(); index++) {
                char letter = value.charAt(index);
                if (letter == '"' || letter == '\\') {
                    out.append('\\').append(letter);
                } else if (letter < 0x20 || Character.isSurrogate(letter)) {
                    out.append(String.format("\\u%04x", (int) letter));
                } else {
                    out.append(letter);
                }
            }
            out.append('"');
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> object(Object value) {
            return (Map<String, Object>) value;
        }

        /** Throws an unchecked exception for what is no JSON. */
        static Object read(String text) {
            return new Json(text).value();
        }

        private Object value() {
            switch (next()) {
                case '{':
                    var members = new LinkedHashMap<String, Object>();
                    if (take('}')) {
                        return members;
                    }
                    do {
                        expect('"');
                        var name = string();
                        expect(':');
                        members.put(name, value());
                    } while (take(','));
                    expect('}');
                    return members;
                case '[':
                    var elements = new ArrayList<Object>();
                    if (take(']')) {
                        return elements;
                    }
                    do {
                        elements.add(value());
                    } while (take(','));
                    expect(']');
                    return elements;
                case '"':
                    return string();
                default:
                    return word();
            }
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(position))) {
                position++;
            }
            return text.charAt(position++);
        }

        private boolean take(char letter) {
            if (next() == letter) {
                return true;
            }
            position--;
            return false;
        }

        private void expect(char letter) {
            if (!take(letter)) {
                throw new IllegalArgumentException("no JSON");
            }
        }

        private String string() {
            var out = new StringBuilder();
            for (char letter = text.charAt(position++); letter != '"'; letter = text.charAt(position++)) {
                out.append(letter == '\\' ? escape() : letter);
            }
            return out.toString();
        }

        private char escape() {
            char letter = text.charAt(position++);
            int named = "bfnrt".indexOf(letter);
            if (letter != 'u') {
                return named < 0 ? letter : "\b\f\n\r\t".charAt(named);
            }
            position += 4;
            return (char) Integer.parseInt(text.substring(position - 4, position), 16);
        }

        private Object word() {
            int start = position - 1;
            while (position < text.length() && ",]} \r\n\t".indexOf(text.charAt(position)) < 0) {
                position++;
            }
            var word = text.substring(start, position);
            return switch (word) {
                case "true", "false" -> Boolean.valueOf(word);
                case "null" -> null;
                default -> word.matches("-?\\d{1,18}") ? (Object) Long.valueOf(word) : (Object) Double.valueOf(word);
            };
        }
    }
}
