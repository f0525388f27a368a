package coursework;

import coursework.Coursework.CourseworkException;
import java.net.URI;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What every client must do, against a running server: see Tests/ClientTests, which starts it and sets what is read here.
 *
 * <pre>javac -d /tmp/classes *.java &amp;&amp; java -cp /tmp/classes:/usr/share/java/postgresql.jar coursework.CourseworkTest</pre>
 */
public final class CourseworkTest {
    private static final String QUEUE = "java";
    private static final String NOOP = "diagnostics.noop";
    private static final String SLEEP = "diagnostics.sleep";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String KEY = System.getenv("COURSEWORK_KEY");

    private final Coursework jobs = new Coursework(System.getenv("COURSEWORK_URL"), KEY);

    private void storesOneJobAndWaitsForIt() {
        var job = jobs.enqueue(sleep(0.1).track(), TRACE);
        same(true, job.id().startsWith(QUEUE + ":"));
        same("enqueued", job.state());
        same(job.id(), jobs.status(job.id()).get("id"));
        same("done", jobs.waitFor(job.id(), Duration.ofMinutes(1)).get("state"));
        same("done", jobs.cancel(job.id()));
    }

    private void oneKeyIsOneJobForOneRequest() {
        var key = UUID.randomUUID().toString();
        var first = jobs.enqueue(noop("course", "größe 😀 \"\\\n").idempotencyKey(key));
        var again = jobs.enqueue(noop("course", "größe 😀 \"\\\n").idempotencyKey(key));
        same(new Coursework.Enqueued(first.id(), "duplicate"), again);
        var other = errorOf(() -> jobs.enqueue(noop("course", "other").idempotencyKey(key)));
        same(List.of(422, "invalid"), List.of(other.status(), other.code()));
        same(true, other.getMessage().contains("another request"));
    }

    private void optionsAreTaken() {
        var key = UUID.randomUUID().toString();
        var later = jobs.enqueue(noop("plan", "a").delay(HOUR).unique(key, "reject", Duration.ofMinutes(1))
            .expire(HOUR.multipliedBy(2)).track(Duration.ofMinutes(10)));
        same("scheduled", jobs.status(later.id()).get("state"));
        same(new Coursework.Enqueued(later.id(), "duplicate"), jobs.enqueue(noop("plan", "b").delay(HOUR).unique(key)));
        same("cancelled", jobs.cancel(later.id()));
        var at = jobs.enqueue(noop("plan", "c").at(Instant.now().plus(HOUR)).track());
        same("scheduled", jobs.status(at.id()).get("state"));
        same("cancelled", jobs.cancel(at.id()));
        same(true, jobs.enqueue(noop("plan", "d").durable()).id().matches(QUEUE + ":[0-9a-f]{8}-.*"));
        same(422, errorOf(() -> jobs.enqueue(noop("plan", "e").batch(QUEUE + ":none"))).status());
    }

    private void manyHaveAnAnswerEach() {
        var answers = jobs.enqueueMany(IntStream.range(0, 1001)
            .mapToObj(number -> sleep(number == 700 ? "x" : 0)).toList());
        same(1001, answers.size());
        same(1000L, answers.stream().filter(answer -> answer.job() != null).map(answer -> answer.job().id()).distinct().count());
        same(List.of("invalid", "/args/seconds"), List.of(answers.get(700).error().code(), answers.get(700).error().field()));
        same(List.of(), jobs.enqueueMany(List.of()));
    }

    private void errorsSayWhatIsWrong() {
        var wrong = errorOf(() -> jobs.enqueue(sleep("x")));
        same(List.of(422, "invalid", "/args/seconds"), List.of(wrong.status(), wrong.code(), wrong.field()));
        same("unknown", errorOf(() -> jobs.status(QUEUE + ":none")).code());
        var stranger = new Coursework(System.getenv("COURSEWORK_URL"), "cwk_x");
        same("unauthorized", errorOf(() -> stranger.status("x:y")).code());
        var held = jobs.enqueue(noop("plan", "f").delay(HOUR).track());
        same("timeout", errorOf(() -> jobs.waitFor(held.id(), Duration.ofMillis(200))).code());
        same("cancelled", jobs.cancel(held.id()));
        same(false, jobs.toString().contains(KEY));
        try {
            new Coursework(System.getenv("COURSEWORK_URL"), KEY + "\n");
            throw new AssertionError("a key with a line end");
        } catch (IllegalArgumentException error) {
            same(false, error.toString().contains(KEY));
        }
        jobs.enqueue(noop("plan", "h").delay(HOUR).unique("trace"), "x\r\ny: z");
    }

    private void whateverTheNetworkDoesItIsOneJob() {
        var faulty = new Coursework(System.getenv("COURSEWORK_FAULTY_URL"), KEY);
        same("duplicate", faulty.enqueue(noop("template", "one")).state());
        var answers = faulty.enqueueMany(IntStream.range(0, 3).mapToObj(number -> noop("template", "many")).toList());
        same(List.of("duplicate", "duplicate", "duplicate"), answers.stream().map(answer -> answer.job().state()).toList());
    }

    private void nobodyThereIsSaidInTime() {
        var silent = new Coursework(System.getenv("COURSEWORK_SILENT_URL"), KEY, Duration.ofMillis(200), 2);
        var error = errorOf(() -> silent.enqueue(noop("plan", "g")));
        same(List.of(0, "unreachable"), List.of(error.status(), error.code()));
    }

    private void aRowIsAJobIfItIsCommitted() throws Exception {
        var place = URI.create(System.getenv("COURSEWORK_DATABASE"));
        var address = "jdbc:postgresql://" + place.getHost() + ":" + place.getPort() + place.getPath();
        try (var connection = DriverManager.getConnection(address, place.getUserInfo(), "")) {
            connection.setAutoCommit(false);
            Coursework.enqueueIn(connection, noop("template", "rolled back"), null);
            connection.rollback();
            var job = noop("template", "committed").idempotencyKey(UUID.randomUUID().toString()).at(Instant.now());
            var row = Coursework.enqueueIn(connection, job, TRACE);
            same(row, Coursework.enqueueIn(connection, job, TRACE));
            Coursework.enqueueIn(connection, noop("template", "committed"), null);
            connection.commit();
        }
    }

    public static void main(String[] arguments) throws Exception {
        var test = new CourseworkTest();
        test.storesOneJobAndWaitsForIt();
        test.oneKeyIsOneJobForOneRequest();
        test.optionsAreTaken();
        test.manyHaveAnAnswerEach();
        test.errorsSayWhatIsWrong();
        test.whateverTheNetworkDoesItIsOneJob();
        test.nobodyThereIsSaidInTime();
        test.aRowIsAJobIfItIsCommitted();
        System.out.println("ok");
    }

    private static Coursework.Job noop(String name, String value) {
        return Coursework.job(NOOP, Map.of(name, value)).queue(QUEUE);
    }

    private static Coursework.Job sleep(Object seconds) {
        return Coursework.job(SLEEP, Map.of("seconds", seconds)).queue(QUEUE);
    }

    private static void same(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private static CourseworkException errorOf(Callable<?> call) {
        try {
            call.call();
        } catch (CourseworkException error) {
            same(false, (error + " " + error.getCause()).contains(KEY));
            return error;
        } catch (Exception error) {
            throw new AssertionError(error);
        }
        throw new AssertionError("nothing went wrong");
    }
}
