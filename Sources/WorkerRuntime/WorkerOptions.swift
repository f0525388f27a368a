public import JobQueue
public import Jobs
public import RedisClient
public import Schedules
public import Tracing

/// What one worker process does, and how; complete and checked when the worker is made.
public struct WorkerOptions: Sendable {
    public var redis: RedisConfiguration
    /// The queues it serves, the most urgent first.
    public var queues: [QueueName]
    public var order = QueueOrder.strict
    /// What the worker says of itself to those who ask which workers there are: its pool, and the program's version.
    public var pool = ""
    public var version = ""
    /// How many jobs run at once.
    public var slots = 20
    /// How long a worker may be silent before its jobs are taken over.
    public var lease = Duration.seconds(15)
    public var renewEvery = Duration.seconds(3)
    /// How often jobs that lost their worker, and jobs that are due, are looked for.
    public var rescueEvery = Duration.seconds(1)
    /// How long SIGTERM waits for running jobs before they are handed back.
    public var drain = Duration.seconds(25)
    /// How often jobs may go wrong in ways that are not their handler's failure.
    public var tolerance = Tolerance.standard
    /// Takes only jobs that may have taken their workers down, one at a time, and ends when there is none.
    public var isSolo = false
    /// What it fires by the clock; those of queues that it does not serve are left to other workers.
    public var schedules: [Schedule] = []
    /// The largest payload; a larger one becomes a dead letter.
    public var argsBytesLimit = 1 << 20
    /// How long a job of a type that no worker knows waits for one that does.
    public var unknownTypeLimit = Duration.seconds(24 * 3600)

    /// Takes the spans of its jobs; nil traces none.
    public var tracer: Tracer?

    /// Dead letters that are older are deleted; nil keeps them for ever.
    public var keepDeadLettersFor: Duration?

    public init(redis: RedisConfiguration, queues: [QueueName]) {
        precondition(!queues.isEmpty, "a worker without queues")
        self.redis = redis
        self.queues = queues
    }
}

/// Which queue is asked first.
public enum QueueOrder: Sendable, Equatable {
    /// In the order given; queues that got nothing for a second get an eighth of the slots.
    case strict
    /// First in proportion to the weight; queues without one weigh 1.
    case weighted([QueueName: Int])
}
