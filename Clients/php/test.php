<?php

/*
 * What every client must do, against a running server: see Tests/ClientTests, which starts it and sets what is read here.
 *
 * php test.php
 */

declare(strict_types=1);

namespace Coursework;

require __DIR__ . '/Coursework.php';

const QUEUE = 'php';
const NOOP = 'diagnostics.noop';
const NAP = 'diagnostics.sleep';
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

set_error_handler(function (int $level, string $message, string $file, int $line) {
    throw new \ErrorException($message, 0, $level, $file, $line);
});

function same(mixed $expected, mixed $actual): void
{
    if ($expected !== $actual) {
        throw new \AssertionError('expected ' . var_export($expected, true) . ', got ' . var_export($actual, true));
    }
}

function error_of(callable $call): CourseworkException
{
    try {
        $call();
    } catch (CourseworkException $error) {
        same(false, str_contains((string) $error . print_r($error->getTrace(), true), getenv('COURSEWORK_KEY')));
        return $error;
    }
    throw new \AssertionError('nothing went wrong');
}

$key = getenv('COURSEWORK_KEY');
$url = getenv('COURSEWORK_URL');
$jobs = new Client($url, $key);

$tests = [
    'stores one job and waits for it' => function () use ($jobs) {
        $job = $jobs->enqueue(NAP, ['seconds' => 0.1], queue: QUEUE, track: true, traceparent: TRACE);
        same([true, 'enqueued'], [str_starts_with($job->id, QUEUE . ':'), $job->state]);
        same($job->id, $jobs->status($job->id)['id']);
        same('done', $jobs->wait($job->id)['state']);
        same('done', $jobs->cancel($job->id));
    },

    'one key is one job, for one request' => function () use ($jobs) {
        $key = bin2hex(random_bytes(16));
        $first = $jobs->enqueue(NOOP, ['course' => 'größe 😀'], queue: QUEUE, idempotencyKey: $key);
        $again = $jobs->enqueue(NOOP, ['course' => 'größe 😀'], queue: QUEUE, idempotencyKey: $key);
        same([$first->id, 'duplicate'], [$again->id, $again->state]);
        $other = error_of(fn () => $jobs->enqueue(NOOP, ['course' => 'other'], queue: QUEUE, idempotencyKey: $key));
        same([422, 'invalid', 422], [$other->status, $other->errorCode, $other->getCode()]);
        same(true, str_contains($other->getMessage(), 'another request'));
    },

    'options are taken' => function () use ($jobs) {
        $unique = bin2hex(random_bytes(16));
        $later = $jobs->enqueue(
            NOOP, queue: QUEUE, delay: 3600, unique: $unique, uniqueWindow: 60, expire: 7200, track: 600);
        same('scheduled', $jobs->status($later->id)['state']);
        $second = $jobs->enqueue(NOOP, queue: QUEUE, delay: 3600, unique: $unique, uniqueMode: 'reject');
        same([$later->id, 'duplicate'], [$second->id, $second->state]);
        same('cancelled', $jobs->cancel($later->id));
        $at = $jobs->enqueue(NOOP, queue: QUEUE, at: new \DateTimeImmutable('+1 hour'), track: true);
        same('scheduled', $jobs->status($at->id)['state']);
        same('cancelled', $jobs->cancel($at->id));
        $row = $jobs->enqueue(NOOP, queue: QUEUE, durable: true);
        same(1, preg_match('~:[0-9a-f]{8}-~', $row->id));
        same(422, error_of(fn () => $jobs->enqueue(NOOP, queue: QUEUE, batch: QUEUE . ':none'))->status);
    },

    'many have an answer each' => function () use ($jobs) {
        $answers = $jobs->enqueueMany(array_map(
            fn (int $number) => Client::job(NAP, ['seconds' => $number === 700 ? 'x' : 0], queue: QUEUE), range(0, 1000)));
        same(1001, count($answers));
        $stored = array_filter($answers, fn ($answer) => $answer instanceof Enqueued);
        same(1000, count(array_unique(array_map(fn ($answer) => $answer->id, $stored))));
        same(['invalid', '/args/seconds'], [$answers[700]->errorCode, $answers[700]->field]);
        same([], $jobs->enqueueMany([]));
    },

    'errors say what is wrong' => function () use ($jobs, $url, $key) {
        $wrong = error_of(fn () => $jobs->enqueue(NAP, ['seconds' => 'x']));
        same([422, 'invalid', '/args/seconds'], [$wrong->status, $wrong->errorCode, $wrong->field]);
        same('unknown', error_of(fn () => $jobs->status(QUEUE . ':none'))->errorCode);
        same('unauthorized', error_of(fn () => (new Client($url, 'cwk_x'))->status('x:y'))->errorCode);
        $held = $jobs->enqueue(NOOP, queue: QUEUE, delay: 3600, track: true);
        same('timeout', error_of(fn () => $jobs->wait($held->id, timeout: 0.2))->errorCode);
        same('cancelled', $jobs->cancel($held->id));
        same(false, str_contains(print_r($jobs, true), $key));
        try {
            new Client($url, "$key\n");
            throw new \AssertionError('a key with a line end');
        } catch (\ValueError $error) {
            same(false, str_contains((string) $error, $key));
        }
        $jobs->enqueue(NOOP, queue: QUEUE, delay: 3600, unique: 'trace', traceparent: "x\r\ny: z");
    },

    'whatever the network does, it is one job' => function () use ($key) {
        $faulty = new Client(getenv('COURSEWORK_FAULTY_URL'), $key);
        same('duplicate', $faulty->enqueue(NOOP, ['template' => 'one'], queue: QUEUE)->state);
        $answers = $faulty->enqueueMany(array_map(
            fn () => Client::job(NOOP, ['template' => 'many'], queue: QUEUE), range(1, 3)));
        same(['duplicate', 'duplicate', 'duplicate'], array_map(fn ($answer) => $answer->state, $answers));
    },

    'nobody there is said in time' => function () use ($key) {
        $silent = new Client(getenv('COURSEWORK_SILENT_URL'), $key, timeout: 0.2, attempts: 2);
        $error = error_of(fn () => $silent->enqueue(NOOP));
        same([0, 'unreachable'], [$error->status, $error->errorCode]);
    },

    'a row is a job if it is committed' => function () {
        $parts = parse_url(getenv('COURSEWORK_DATABASE'));
        $database = new \PDO(
            "pgsql:host={$parts['host']};port={$parts['port']};dbname=" . ltrim($parts['path'], '/'), $parts['user']);
        $key = bin2hex(random_bytes(16));
        $database->beginTransaction();
        Outbox::enqueue($database, QUEUE, NOOP, ['template' => 'rolled back']);
        $database->rollBack();
        $database->beginTransaction();
        $committed = ['template' => 'committed'];
        $row = Outbox::enqueue(
            $database, QUEUE, NOOP, $committed, delay: 0.01, idempotencyKey: $key, traceparent: TRACE);
        same($row, Outbox::enqueue($database, QUEUE, NOOP, $committed, idempotencyKey: $key));
        Outbox::enqueue($database, QUEUE, NOOP, $committed, at: new \DateTimeImmutable());
        $database->commit();
    },
];

foreach ($tests as $name => $test) {
    $test();
    echo "ok $name\n";
}
