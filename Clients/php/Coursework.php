<?php

declare(strict_types=1);

namespace Coursework;

/*
 * Enqueue jobs in Coursework. One file, PHP 8.2 or newer with ext-curl.
 *
 *     $jobs = new Client('https://jobs.example.org', $key);
 *     $job = $jobs->enqueue('email.send', ['to' => 'ada@example.org', 'template' => 'welcome'], track: true);
 *     $jobs->wait($job->id)['state'];
 *
 * Each call makes its idempotency key once and asks again under that key, so that a lost answer makes no second job.
 * Outbox::enqueue needs no server: it writes the job in your own database transaction.
 */

/** The job that stands for a call. */
final readonly class Enqueued
{
    /** @param string $state enqueued, or why another job stands for it: duplicate, replaced, throttled */
    public function __construct(public string $id, public string $state) {}
}

/** What the server refused, or that it could not be reached. */
final class CourseworkException extends \RuntimeException
{
    private const CODES = [
        0 => 'unreachable', 400 => 'malformed', 401 => 'unauthorized', 403 => 'forbidden', 404 => 'unknown',
        409 => 'conflict', 413 => 'too_large', 422 => 'invalid', 429 => 'too_many_requests', 503 => 'unavailable',
        504 => 'late',
    ];

    /** invalid, unavailable, unreachable, … */
    public readonly string $errorCode;

    /** What is wrong in the request, as a JSON pointer such as /args/to. */
    public readonly ?string $field;

    /** @param int $status of the answer; 0 where there was none */
    public function __construct(public readonly int $status, string $message, ?string $errorCode = null)
    {
        parent::__construct($message, $status);
        $this->errorCode = $errorCode ?? self::CODES[$status] ?? 'failed';
        $this->field = preg_match('~^(/\S*) ~', $message, $found) ? $found[1] : null;
    }

    public function mayBeRepeated(): bool
    {
        return in_array($this->status, [0, 429, 502, 503, 504], true);
    }
}

final class Client
{
    private const MOST_JOBS = 10_000;
    private const LONGEST_PAUSE = 30.0;
    private const LONGEST_LOOK = 20.0;
    private const ENDED = ['done', 'discarded', 'cancelled', 'expired', 'dead'];

    private readonly string $url;

    /** Kept from one call to the next, and so is its connection. */
    private readonly \CurlHandle $curl;

    /**
     * @param string $key of `coursework keys create NAME --role producer`; it is in no message and no dump
     * @param float $timeout of one attempt, in seconds
     * @param int $attempts how often a call is tried in all; the pauses between them grow from 0.2 to 5 seconds
     */
    public function __construct(
        string $url,
        #[\SensitiveParameter] private readonly string $key,
        private readonly float $timeout = 10.0,
        private readonly int $attempts = 6,
    ) {
        if (!preg_match('~^https?://[^/]~', $url)) {
            throw new \ValueError('The address of Coursework must be an http or https URL.');
        }
        // Within a header a line end would begin another one.
        if (!preg_match('~^[!-\~]+$~D', $key)) {
            throw new \ValueError('The key of Coursework must be printable ASCII, without spaces or line ends.');
        }
        $this->url = rtrim($url, '/');
        $this->curl = curl_init();
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['url' => $this->url, 'timeout' => $this->timeout, 'attempts' => $this->attempts];
    }

    // Enqueueing

    /**
     * Stores one job.
     *
     * @param array<string, mixed>|object $args
     * @param mixed ...$options those of job(), by their names, and traceparent
     */
    public function enqueue(string $type, array|object $args = [], mixed ...$options): Enqueued
    {
        $traceparent = $options['traceparent'] ?? null;
        unset($options['traceparent']);
        $answer = $this->ask('POST', '/v1/jobs', self::job($type, $args, ...$options), $traceparent);
        return new Enqueued($answer['id'], $answer['state']);
    }

    /**
     * Stores up to 10,000 jobs, each made by job(), and answers for each in their order: what is wrong with one holds up no
     * other.
     *
     * @param list<array<string, mixed>> $jobs
     * @return list<Enqueued|CourseworkException>
     */
    public function enqueueMany(array $jobs, ?string $traceparent = null): array
    {
        if (count($jobs) > self::MOST_JOBS) {
            throw new \ValueError(count($jobs) . ' jobs are too many for one call: ' . self::MOST_JOBS . ' are allowed.');
        }
        $jobs = array_values($jobs);
        $left = array_keys($jobs);
        $results = [];
        for ($attempt = 0; $left !== []; $attempt++) {
            $answer = $this->ask('POST', '/v1/jobs', array_map(fn ($place) => $jobs[$place], $left), $traceparent);
            foreach ($left as $number => $place) {
                $results[$place] = self::result($answer['jobs'][$number]);
            }
            $left = array_values(array_filter($left, fn ($place) =>
                $results[$place] instanceof CourseworkException && $results[$place]->mayBeRepeated()));
            if ($attempt + 1 >= $this->attempts) {
                break;
            }
            if ($left !== []) {
                self::sleep(self::pause($attempt));
            }
        }
        return $results;
    }

    /**
     * A job as enqueueMany() takes it. Times are in seconds.
     *
     * @param array<string, mixed>|object $args
     * @param string|null $uniqueMode reject, replace, debounce or throttle
     * @param bool|float $track keep state, progress and result for a day, or for so long
     * @param string|null $idempotencyKey names the business event, such as welcome-4711; by default a new one is made
     * @return array<string, mixed>
     */
    public static function job(
        string $type,
        array|object $args = [],
        ?string $queue = null,
        ?float $delay = null,
        ?\DateTimeInterface $at = null,
        ?string $unique = null,
        ?string $uniqueMode = null,
        ?float $uniqueWindow = null,
        ?float $expire = null,
        bool|float $track = false,
        ?string $batch = null,
        bool $durable = false,
        ?string $idempotencyKey = null,
    ): array {
        return self::filled([
            'type' => $type,
            'args' => (object) $args,
            'queue' => $queue,
            'delay_ms' => self::milliseconds($delay),
            'at' => $at === null ? null : Outbox::time($at),
            'unique' => $unique === null ? null : self::filled(
                ['key' => $unique, 'mode' => $uniqueMode, 'window_ms' => self::milliseconds($uniqueWindow)]),
            'expire_ms' => self::milliseconds($expire),
            'track' => $track === true ? true : null,
            'track_ms' => is_float($track) ? self::milliseconds($track) : null,
            'batch' => $batch,
            'durable' => $durable ? true : null,
            'idempotency_key' => $idempotencyKey ?? bin2hex(random_bytes(16)),
        ]);
    }

    // One job

    /**
     * State, progress, result and whatever else is known; of a job that has ended only if it was tracked.
     *
     * @return array<string, mixed>
     */
    public function status(string $id): array
    {
        return $this->ask('GET', self::path($id));
    }

    /**
     * Waits for the end of a tracked job. Throws the code timeout when it does not come in time.
     *
     * @param float $timeout in seconds
     * @return array<string, mixed>
     */
    public function wait(string $id, float $timeout = 60.0): array
    {
        $end = hrtime(true) / 1e9 + $timeout;
        while (true) {
            $look = max(0.001, min(self::LONGEST_LOOK, $end - hrtime(true) / 1e9));
            $job = $this->ask('GET', self::path($id) . '?wait=' . (int) ($look * 1000) . 'ms', patience: $look);
            if (in_array($job['state'], self::ENDED, true)) {
                return $job;
            }
            if (hrtime(true) / 1e9 >= $end) {
                throw new CourseworkException(0, "The job $id has not ended within $timeout s.", 'timeout');
            }
        }
    }

    /** cancelled, cancelling (it runs, and is told to stop), or the state in which it had ended. */
    public function cancel(string $id): string
    {
        return $this->ask('DELETE', self::path($id))['result'];
    }

    // HTTP

    /** @return array<string, mixed> */
    private function ask(
        string $method, string $path, mixed $body = null, ?string $traceparent = null, float $patience = 0.0
    ): array {
        // Written once: a request that is sent again is the same one, byte for byte.
        $text = $body === null ? null : Outbox::json($body);
        for ($attempt = 0; ; $attempt++) {
            [$status, $type, $content, $retryAfter] = $this->send($method, $path, $text, $traceparent, $patience);
            $refusal = $status >= 200 && $status < 300 ? null : self::refusal($status, $content);
            $pause = self::pause($attempt, $retryAfter);
            $isLast = $attempt + 1 >= $this->attempts;
            if ($refusal?->mayBeRepeated() && !$isLast && $pause <= self::LONGEST_PAUSE) {
                self::sleep($pause);
            } elseif (str_starts_with($type, 'application/json')) {
                return json_decode($content, true);
            } else {
                throw $refusal ?? new CourseworkException($status, 'That is no answer of Coursework.', 'failed');
            }
        }
    }

    /**
     * Never throws: that nobody answered is an answer, too, with the status 0 and the reason as its content.
     *
     * @return array{int, string, string, ?string}
     */
    private function send(
        string $method, string $path, ?string $body, ?string $traceparent, float $patience
    ): array {
        $fields = ["Authorization: Bearer {$this->key}", 'Accept: application/json', 'User-Agent: coursework-php', 'Expect:'];
        if ($body !== null) {
            $fields[] = 'Content-Type: application/json';
        }
        if (Outbox::trace($traceparent) !== null) {
            $fields[] = "traceparent: $traceparent";
        }
        $retryAfter = null;
        curl_reset($this->curl);
        curl_setopt_array($this->curl, [
            CURLOPT_URL => $this->url . $path,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $fields,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_TIMEOUT_MS => (int) (($this->timeout + $patience) * 1000),
            CURLOPT_HEADERFUNCTION => function ($_, string $line) use (&$retryAfter): int {
                if (preg_match('~^Retry-After:\s*(\d+)\s*$~i', $line, $found)) {
                    $retryAfter = $found[1];
                }
                return strlen($line);
            },
        ]);
        if ($body !== null) {
            curl_setopt($this->curl, CURLOPT_POSTFIELDS, $body);
        }
        $content = curl_exec($this->curl);
        if ($content === false) {
            return [0, '', 'Coursework cannot be reached: ' . curl_error($this->curl), null];
        }
        $type = curl_getinfo($this->curl, CURLINFO_CONTENT_TYPE) ?: '';
        if (str_starts_with($type, 'application/json') && !is_array(json_decode($content, true))) {
            return [0, '', 'Coursework cannot be reached: the answer is no JSON.', null];
        }
        return [curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE), $type, $content, $retryAfter];
    }

    /** In seconds; what the server says counts, and grows with some chance, so that many do not come back together. */
    private static function pause(int $attempt, ?string $retryAfter = null): float
    {
        $chance = random_int(0, 1000) / 1000;
        if ($retryAfter !== null) {
            return (float) $retryAfter + 0.2 * $chance;
        }
        return min(5.0, 0.2 * 2 ** $attempt) * (0.5 + $chance / 2);
    }

    private static function sleep(float $seconds): void
    {
        usleep((int) ($seconds * 1_000_000));
    }

    /** @param array<string, mixed> $answer */
    private static function result(array $answer): Enqueued|CourseworkException
    {
        if (!isset($answer['error'])) {
            return new Enqueued($answer['id'], $answer['state']);
        }
        // The place of a job among the many says nothing to who has its answer.
        $detail = preg_replace('~^/\d+(?=/)~', '', self::detail($answer['error']));
        return new CourseworkException($answer['error']['status'] ?? 0, $detail);
    }

    private static function refusal(int $status, string $content): CourseworkException
    {
        if ($status === 0) {
            return new CourseworkException(0, $content);
        }
        $problem = json_decode($content, true);
        return new CourseworkException($status, is_array($problem) ? self::detail($problem) : "The answer was $status.");
    }

    /** @param array<string, mixed> $problem */
    private static function detail(array $problem): string
    {
        return $problem['detail'] ?? $problem['title'] ?? 'It was refused.';
    }

    private static function path(string $id): string
    {
        return '/v1/jobs/' . str_replace('%3A', ':', rawurlencode($id));
    }

    private static function milliseconds(?float $seconds): ?int
    {
        return $seconds === null ? null : (int) round($seconds * 1000);
    }

    /**
     * @param array<string, mixed> $values
     * @return array<string, mixed>
     */
    private static function filled(array $values): array
    {
        return array_filter($values, fn ($value) => $value !== null);
    }
}

final class Outbox
{
    private const INSERT = <<<'SQL'
        WITH job AS (SELECT coalesce(md5(CAST(? AS text))::uuid, gen_random_uuid()) AS id), written AS (
            INSERT INTO coursework.outbox (id, queue, type, args, run_at, trace)
            SELECT id, ?, ?, CAST(? AS json),
                coalesce(CAST(? AS timestamptz), clock_timestamp() + make_interval(secs => CAST(? AS float8))), ?
            FROM job ON CONFLICT DO NOTHING
        ) SELECT CAST(id AS text) FROM job
        SQL;

    /**
     * Writes a job in the transaction of a connection: it is one exactly if that is committed. Nothing is checked but its
     * form: a wrong payload becomes a dead letter.
     *
     * @param array<string, mixed>|object $args
     * @param float|null $delay in seconds
     * @return string the id of the job
     */
    public static function enqueue(
        \PDO $database,
        string $queue,
        string $type,
        array|object $args = [],
        ?float $delay = null,
        ?\DateTimeInterface $at = null,
        ?string $idempotencyKey = null,
        ?string $traceparent = null,
    ): string {
        $statement = $database->prepare(self::INSERT);
        $statement->execute([
            $idempotencyKey === null ? null : "$queue:$idempotencyKey", $queue, $type, self::json((object) $args),
            $at === null ? null : self::time($at), $delay, self::trace($traceparent),
        ]);
        return $queue . ':' . $statement->fetchColumn();
    }

    /** @internal */
    public static function json(mixed $value): string
    {
        return json_encode(
            $value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);
    }

    /**
     * It may come from a stranger's request: what is none goes no further, and the trace begins with the job.
     *
     * @internal
     */
    public static function trace(?string $text): ?string
    {
        return preg_match('~^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$~D', $text ?? '') ? $text : null;
    }

    /** @internal */
    public static function time(\DateTimeInterface $time): string
    {
        $utc = \DateTimeImmutable::createFromInterface($time)->setTimezone(new \DateTimeZone('UTC'));
        return $utc->format('Y-m-d\TH:i:s.v\Z');
    }
}
