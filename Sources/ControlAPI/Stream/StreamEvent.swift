internal import Jobs
internal import Reports

/// An event as all who want it get it: written down once.
struct StreamEvent: Sendable {
    enum Kind: String, Sendable {
        /// The figures of a queue.
        case queues
        /// What became of a tracked job.
        case job
        /// How many dead letters a queue has, and how many came.
        case dead
        /// A worker came, changed or went.
        case worker
        /// How far a replay is.
        case replay
        /// What a tracked job said.
        case log
        /// Whether Redis answers.
        case redis
    }

    let kind: Kind
    let bytes: [UInt8]
    /// What it is about, as far as it is about that.
    private(set) var queue: QueueName?
    private(set) var type = ""
    private(set) var job: JobID?

    init(_ kind: Kind, _ value: some Encodable, queue: QueueName? = nil) {
        self.kind = kind
        self.queue = queue
        bytes = Self.text(kind.rawValue, value)
    }

    init(_ report: JobEvent, of job: JobID) {
        self.init(.job, report, queue: job.queue)
        (self.job, type) = (job, report.type)
    }

    init(_ report: LogLineReport, of job: JobID) {
        self.init(.log, report, queue: job.queue)
        self.job = job
    }

    /// Whoever listens must know it, whatever he listens for.
    var isForAll: Bool { kind == .redis }

    /// JSON has no line in it that is not escaped, so that it is always one line of data.
    static func text(_ name: String, _ value: some Encodable) -> [UInt8] {
        Array("event: \(name)\ndata: \(JSONText.of(value))\n\n".utf8)
    }
}

/// What became of a tracked job.
struct JobEvent: Encodable {
    let id: String
    let type: String
    let state: String
    let attempt: Int
    let progress: Double?
}

/// How the dead letters of a queue grew.
struct DeadEvent: Encodable {
    let queue: String
    let dead: Int
    /// Jobs that died since the last event.
    let buried: Int
}

/// A worker that is not there any more.
struct GoneWorker: Encodable {
    let worker: String
    var state = "gone"
}

/// Whether Redis answers.
struct RedisEvent: Encodable {
    let up: Bool
}

/// What happened meanwhile is not told: whoever needs it looks anew.
enum Reset: String, Encodable {
    /// The id is of another time than is remembered.
    case tooOld = "too_old"
    /// So much happened at once that some of it may be lost.
    case tooMany = "too_many"

    var bytes: [UInt8] { StreamEvent.text("reset", ["reason": self]) }
}
