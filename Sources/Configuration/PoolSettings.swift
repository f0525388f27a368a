public import Jobs

/// A group of worker processes that serve the same queues.
public struct PoolSettings: Sendable, Equatable {
    /// The queues it takes jobs from, the most urgent first.
    public var queues: [QueueName]
    public var order: PoolOrder
    /// How many jobs one process runs at once: 1 to 10000.
    public var slots: Int
    /// How many worker processes `coursework supervise` keeps running at least: 1 to 1000.
    public var processes: Int
    /// How many it keeps running at most, while jobs wait longer than the target: no fewer.
    public var mostProcesses: Int
    /// How long a job may wait before the pool should grow.
    public var targetWait: Duration = .seconds(5)
    /// How long a worker that is told to stop waits for its running jobs before it hands them back.
    public var drain: Duration

    public init(
        queues: [QueueName] = [], order: PoolOrder = .strict, slots: Int = 20, processes: Int = 1,
        mostProcesses: Int? = nil, drain: Duration = .seconds(25)
    ) {
        self.queues = queues
        self.order = order
        self.slots = slots
        self.processes = processes
        self.mostProcesses = mostProcesses ?? processes
        self.drain = drain
    }
}

extension PoolSettings: SettingsSection {
    static let title = "a setting of a pool"
    static let keys = ["queues", "order", "slots", "processes", "mostProcesses", "targetWait", "drain"]

    init() { self.init(queues: []) }

    mutating func read(_ object: SettingsObject) {
        queues = object.queues("queues") ?? []
        order = PoolOrder(reading: "order", of: object, queues: queues) ?? order
        slots = object.integer("slots", in: 1...10_000) ?? slots
        processes = object.integer("processes", in: 1...1000) ?? processes
        mostProcesses = object.integer("mostProcesses", in: 1...1000) ?? processes
        targetWait = object.duration("targetWait", in: .milliseconds(100) ... .seconds(86_400)) ?? targetWait
        drain = object.duration("drain", in: .milliseconds(1) ... .seconds(86_400)) ?? drain
        if mostProcesses < processes {
            object.refuse(
                "mostProcesses",
                "'mostProcesses' is \(mostProcesses), fewer than 'processes'; write \(processes) or more.")
        }
        if object.members["queues"] == nil {
            object.refuse("queues", "this pool serves no queue; add its list, such as queues: [\"default\"].")
        }
    }
}
