package import Metrics

/// Every metric there is: names are an interface, and stand in one place. Dashboards and alerts use no others.
package enum CourseworkMetrics {
    package static let all: [Metric] = [
        buildInfo, redisUp, databaseUp,
        queueJobs, queueOldestReady, queueOldestOutgoing, queuePaused, queueTransitions,
        jobs, jobWait, jobRun,
        workers, workersSilent, poolProcesses, poolWorkersWanted, slots, slotsBusy, jobsHeld, breakers,
        dutySuccess, scheduleFired, scheduleOverdue, schedulePaused,
        redisRoundTrip, redisMemory, redisMemoryLimit, redisDenials,
        outboxRows, outboxOldest, outboxRefused, outboxRelayed,
        traceSpans,
    ]

    // MARK: This server

    static let buildInfo = Metric(
        "coursework_build_info", .gauge, labels: ["version"], "1, with the version of the program that answers")
    static let redisUp = Metric(
        "coursework_redis_up", .gauge, "1 when Redis answered all that it was asked for this page, else 0")
    static let databaseUp = Metric(
        "coursework_database_up", .gauge, "1 when PostgreSQL answered, else 0; absent where none is configured")

    // MARK: Queues

    static let queueJobs = Metric(
        "coursework_queue_jobs", .gauge, labels: ["queue", "state"],
        "Jobs by state: ready, active, scheduled, retrying, blocked, dead, and outgoing, on their way to other queues")
    static let queueOldestReady = Metric(
        "coursework_queue_oldest_ready_seconds", .gauge, labels: ["queue"],
        "How long the oldest job that is ready has waited; 0 when none waits")
    static let queueOldestOutgoing = Metric(
        "coursework_queue_oldest_outgoing_seconds", .gauge, labels: ["queue"],
        "How long the oldest job has waited that is to be carried to another queue; 0 when none does")
    static let queuePaused = Metric(
        "coursework_queue_paused", .gauge, labels: ["queue"], "1 when somebody has paused the queue, else 0")
    static let queueTransitions = Metric(
        "coursework_queue_transitions_total", .counter, labels: ["queue", "transition"],
        "What befell jobs, as Redis counted it in the same step: done, discarded, retried, snoozed, released, rescued, lost, dead and others"
    )

    // MARK: Jobs

    static let jobs = Metric(
        "coursework_jobs_total", .counter, labels: ["queue", "type", "outcome"],
        "Attempts that ended, by what they came to: done, discarded, retried, snoozed, dead, cancelled, expired, blocked, released or lost"
    )
    static let jobWait = Metric(
        "coursework_job_wait_seconds", .histogram, labels: ["queue", "type"],
        "From when a job was ready to when it began; counted when the attempt ends")
    static let jobRun = Metric(
        "coursework_job_run_seconds", .histogram, labels: ["queue", "type"], "From when an attempt began to its end")

    // MARK: Workers

    static let workers = Metric(
        "coursework_workers", .gauge, labels: ["pool"], "Worker processes that were heard of within 15 seconds")
    static let workersSilent = Metric(
        "coursework_workers_silent", .gauge, labels: ["pool"],
        "Worker processes that froze, were cut off or died, and were heard of within ten minutes")
    static let poolProcesses = Metric(
        "coursework_pool_processes", .gauge, labels: ["pool"],
        "Worker processes that the configuration asks for at least")
    static let poolWorkersWanted = Metric(
        "coursework_pool_workers_wanted", .gauge, labels: ["pool"],
        "Worker processes that the pool's rule wants for what waits: the number of /v1/scale")
    static let slots = Metric(
        "coursework_worker_slots", .gauge, labels: ["pool"], "Jobs that the pool's live workers may run at once")
    static let slotsBusy = Metric(
        "coursework_worker_slots_busy", .gauge, labels: ["pool"], "Jobs that they run")
    static let jobsHeld = Metric(
        "coursework_worker_jobs_held", .gauge, labels: ["pool"],
        "Jobs that they hold, those included that wait for a slot")
    static let breakers = Metric(
        "coursework_breaker_workers", .gauge, labels: ["breaker", "state"],
        "Live workers by how their circuit breaker for a dependency stands: closed, open or half-open")
    static let dutySuccess = Metric(
        "coursework_duty_last_success_timestamp_seconds", .gauge, labels: ["duty"],
        "When any worker, or relay, last did what goes on beside jobs, by the clock of Redis")

    // MARK: Schedules

    static let scheduleFired = Metric(
        "coursework_schedule_last_fired_timestamp_seconds", .gauge, labels: ["schedule"],
        "The last fire time that became a job; absent before the first")
    static let scheduleOverdue = Metric(
        "coursework_schedule_overdue_seconds", .gauge, labels: ["schedule"],
        "How long a fire time has passed that nobody has fired; 0 when none has, or the schedule is paused")
    static let schedulePaused = Metric(
        "coursework_schedule_paused", .gauge, labels: ["schedule"], "1 when somebody has paused the schedule, else 0")

    // MARK: Redis

    static let redisRoundTrip = Metric(
        "coursework_redis_round_trip_seconds", .histogram,
        "How long Redis took to answer a worker, as the worker saw it")
    static let redisMemory = Metric("coursework_redis_memory_bytes", .gauge, "Memory that Redis uses")
    static let redisMemoryLimit = Metric(
        "coursework_redis_memory_limit_bytes", .gauge, "Its maxmemory; absent when it has no limit of its own")

    static let redisDenials = Metric(
        "coursework_redis_denials", .gauge, labels: ["user"],
        "How often Redis denied a user a command, a key or the sign-in, as far as its ACL LOG goes back; absent where we may not ask"
    )

    // MARK: Outbox

    static let outboxRows = Metric(
        "coursework_outbox_rows", .gauge, labels: ["queue"],
        "Rows of the outbox that wait for the relay, counted up to 100000")
    static let outboxOldest = Metric(
        "coursework_outbox_oldest_seconds", .gauge, labels: ["queue"],
        "How long the first of them has waited; 0 when none does")
    static let outboxRefused = Metric(
        "coursework_outbox_refused_rows", .gauge,
        "Rows that can never be moved and wait for a person, counted up to 100000")
    static let outboxRelayed = Metric(
        "coursework_outbox_relayed_total", .counter, labels: ["queue"], "Rows that a relay has moved to Redis")

    // MARK: Traces

    static let traceSpans = Metric(
        "coursework_trace_spans_total", .counter, labels: ["outcome"],
        "Spans that were sent to the collector, and those that were dropped since it did not take them: sent or dropped"
    )
}
