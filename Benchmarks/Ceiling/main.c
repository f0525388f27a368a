// What Redis itself sustains for the traffic of a drain: XREADGROUP COUNT 100, XACK and XDEL of what came, pipelined
// with 16 batches in flight on one connection, and no job logic at all. Prints jobs a second.
//
//   redis-ceiling SOCKET JOBS     the stream `ceiling` is filled first, the clock runs for the drain alone

#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 100, IN_FLIGHT = 16, FILL = 1000 };

static const char *ARGS =
    "{\"user_id\":123456,\"template\":\"welcome\",\"locale\":\"en\",\"course\":\"swift-101\",\"plan\":\"pro\","
    "\"sent_at\":\"2026-11-21T10:00:00Z\"}";

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static redisReply *next(redisContext *redis) {
    void *reply = NULL;
    if (redisGetReply(redis, &reply) != REDIS_OK) {
        fprintf(stderr, "redis-ceiling: %s\n", redis->errstr);
        exit(1);
    }
    return reply;
}

static void fill(redisContext *redis, long jobs) {
    freeReplyObject(redisCommand(redis, "DEL ceiling"));
    freeReplyObject(redisCommand(redis, "XGROUP CREATE ceiling workers 0 MKSTREAM"));
    for (long sent = 0; sent < jobs; sent += FILL) {
        for (int i = 0; i < FILL; i++)
            redisAppendCommand(redis, "XADD ceiling * type diagnostics.noop args %s", ARGS);
        for (int i = 0; i < FILL; i++) freeReplyObject(next(redis));
    }
}

static void claim(redisContext *redis) {
    redisAppendCommand(redis, "XREADGROUP GROUP workers me COUNT %d STREAMS ceiling >", BATCH);
}

// Appends XACK and XDEL of the entries, and answers how many there are.
static size_t end(redisContext *redis, redisReply *reply) {
    if (reply->type != REDIS_REPLY_ARRAY) return 0;
    redisReply *entries = reply->element[0]->element[1];
    const char *arguments[3 + BATCH] = {"XACK", "ceiling", "workers"};
    size_t lengths[3 + BATCH] = {4, 7, 7};
    for (size_t i = 0; i < entries->elements; i++) {
        arguments[3 + i] = entries->element[i]->element[0]->str;
        lengths[3 + i] = entries->element[i]->element[0]->len;
    }
    redisAppendCommandArgv(redis, 3 + entries->elements, arguments, lengths);
    arguments[1] = "XDEL";
    lengths[1] = 4;
    arguments[2] = "ceiling";
    lengths[2] = 7;
    redisAppendCommandArgv(redis, 2 + entries->elements, arguments + 1, lengths + 1);
    return entries->elements;
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "usage: redis-ceiling SOCKET JOBS\n"), 64;
    redisContext *redis = redisConnectUnix(words[1]);
    if (redis == NULL || redis->err) return fprintf(stderr, "redis-ceiling: no Redis at %s\n", words[1]), 69;
    long jobs = atol(words[2]);
    fill(redis, jobs);

    // Answers come in the order of the commands: a claim's, or the two of an ended batch. A ring remembers which.
    enum { ENDED, CLAIM } ring[8 * IN_FLIGHT];
    size_t head = 0, tail = 0;
    const size_t size = sizeof ring / sizeof ring[0];
    double begin = seconds();
    for (int i = 0; i < IN_FLIGHT; i++) claim(redis), ring[tail++ % size] = CLAIM;
    for (long ended = 0; ended < jobs || head < tail;) {
        redisReply *reply = next(redis);
        if (ring[head++ % size] == CLAIM) {
            size_t batch = end(redis, reply);
            ended += batch;
            if (batch > 0) ring[tail++ % size] = ENDED, ring[tail++ % size] = ENDED;
            if (ended < jobs) claim(redis), ring[tail++ % size] = CLAIM;
        }
        freeReplyObject(reply);
    }
    long ended = jobs;
    printf("%.0f\n", ended / (seconds() - begin));
    return 0;
}
