/// What must be true of a queue, from what was asked of it and what it answered; it knows nothing of Redis.
struct Model {
    var jobs: [ModelJob] = []
    private(set) var counters: [String: Int] = [:]
    /// Who brought an entry to its end: that worker alone may be told so again.
    private var enders: [EntryID: String] = [:]
    private var numbers: [EntryID: Int] = [:]
    /// Limits of whose passes some came free in this step, in the order in which they did.
    var freed: [String] = []
    /// The tokens behind idempotency keys whose window is open.
    var tokens: [String: String] = [:]

    subscript(_ number: Int) -> ModelJob {
        get { jobs[number] }
        set { jobs[number] = newValue }
    }

    mutating func add(type: String?, args: String?, _ change: (inout ModelJob) -> Void = { _ in }) -> Int {
        var job = ModelJob(number: jobs.count, type: type, args: args)
        change(&job)
        jobs.append(job)
        return job.number
    }

    mutating func count(_ counter: String, by count: Int = 1) {
        if count > 0 { counters[counter, default: 0] += count }
    }

    func numbers(where condition: (ModelJob) -> Bool) -> [Int] { jobs.filter(condition).map(\.number) }

    /// The job that an entry is, while it is one.
    func number(of entry: EntryID) -> Int? {
        numbers[entry].flatMap { jobs[$0].entry == entry ? $0 : nil }
    }

    func label(of entry: EntryID) -> String { numbers[entry].map { jobs[$0].label } ?? "unknown" }

    func holds(_ worker: String, _ entry: EntryID) -> Bool {
        number(of: entry).map { jobs[$0].place == .held(by: worker) } ?? false
    }

    /// Whether the worker may be told that it still holds the entry: it does, or ended it itself.
    func mayClaimToHold(_ worker: String, _ entry: EntryID) -> Bool {
        holds(worker, entry) || enders[entry] == worker
    }

    /// A worker was given a job.
    mutating func deliver(_ number: Int, as entry: EntryID, to worker: String) {
        numbers[entry] = number
        jobs[number].entry = entry
        jobs[number].deliveries += 1
        jobs[number].isExpired = false
        jobs[number].isHandedOver = false
        jobs[number].place = .held(by: worker)
    }

    /// Nobody holds it, and its deliveries are as they should be.
    mutating func set(_ number: Int, aside place: Place) {
        jobs[number].isExpired = false
        jobs[number].isHandedOver = false
        jobs[number].place = place
    }

    /// A worker speaks of entries: if one was taken from it because it was silent, it has not died.
    mutating func hear(_ worker: String, of entries: [EntryID]) {
        for entry in entries {
            guard let number = number(of: entry), jobs[number].setbacks.silent == worker, !holds(worker, entry) else {
                continue
            }
            jobs[number].deliveries = max(0, jobs[number].deliveries - 1)
            jobs[number].setbacks.losses += 1
            jobs[number].setbacks.silent = ""
            count("lost")
        }
    }

    /// The worker that holds the job brings this entry to its end.
    mutating func end(_ number: Int, in place: Place, by worker: String) {
        if let entry = jobs[number].entry { enders[entry] = worker }
        settle(number, in: place)
    }

    /// This entry of the job ends, and its passes come free: see ``openFreedGates()``.
    mutating func settle(_ number: Int, in place: Place) {
        if jobs[number].hasPasses { freed += jobs[number].keys }
        jobs[number].settle(in: place)
    }
}
