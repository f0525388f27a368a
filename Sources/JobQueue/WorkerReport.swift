public import Jobs

/// What a worker says of itself.
public struct WorkerReport: Sendable, Equatable {
    /// The pool whose queues it serves; empty when it was told its queues otherwise.
    public var pool = ""
    public var queues: [String] = []
    /// How many jobs it may run at once, how many it runs, and how many it holds, those that wait for a slot included.
    public var slots = 0
    public var running = 0
    public var held = 0
    public var uptime = Duration.zero
    /// Of the program.
    public var version = ""
    public var breakers: [CircuitBreakers.Status] = []

    public init() {}
}

extension WorkerReport: Codable {
    private enum Key: String, CodingKey {
        case pool, queues, slots, running, held, version, breakers
        case uptime = "uptime_ms"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        pool = try container.decode(String.self, forKey: .pool)
        queues = try container.decode([String].self, forKey: .queues)
        slots = try container.decode(Int.self, forKey: .slots)
        running = try container.decode(Int.self, forKey: .running)
        held = try container.decode(Int.self, forKey: .held)
        uptime = Duration(clampingMilliseconds: try container.decode(Int64.self, forKey: .uptime))
        version = try container.decode(String.self, forKey: .version)
        breakers = try container.decode([CircuitBreakers.Status].self, forKey: .breakers)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(pool, forKey: .pool)
        try container.encode(queues, forKey: .queues)
        try container.encode(slots, forKey: .slots)
        try container.encode(running, forKey: .running)
        try container.encode(held, forKey: .held)
        try container.encode(uptime.milliseconds, forKey: .uptime)
        try container.encode(version, forKey: .version)
        try container.encode(breakers, forKey: .breakers)
    }
}
