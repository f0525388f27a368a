/// What must be true of a batch.
struct ModelBatch {
    enum Fate { case pending, done, dead, other }

    let token: String
    let queue: Int
    /// The queue of each callback, by its event.
    let callbacks: [String: Int]
    var members: [String: Fate] = [:]
    var isClosed = false
    var isCancelled = false
    /// Events that have happened.
    private(set) var events: Set<String> = []

    init(_ token: String, queue: Int, callbacks: [String: Int]) {
        self.token = token
        self.queue = queue
        self.callbacks = callbacks
    }

    func count(_ fate: Fate) -> Int { members.values.count { $0 == fate } }

    var hasEnded: Bool { events.contains("complete") && !members.values.contains(.pending) }
    var takesJobs: Bool { !isCancelled && !hasEnded }

    /// - Returns: the events that happen now for the first time.
    mutating func note(_ member: String, _ fate: Fate) -> [String] {
        members[member] = fate
        return (fate == .dead ? happen("death") : []) + settle()
    }

    mutating func settle() -> [String] {
        guard isClosed, count(.pending) == 0 else { return [] }
        let isSuccess = !isCancelled && count(.dead) + count(.other) == 0
        return happen("complete") + (isSuccess ? happen("success") : [])
    }

    private mutating func happen(_ event: String) -> [String] { events.insert(event).inserted ? [event] : [] }
}
