public import Jobs
public import RedisClient

/// The dead letters of several queues, looked at together.
public struct LetterOffice: Sendable {
    /// Groups that are looked at of each queue: those that grew last.
    private static let groupsRead = 1000

    public let client: RedisClient
    /// In the order of the queues.
    public let stores: [LetterStore]

    public init(_ queues: [QueueName], client: RedisClient) {
        self.client = client
        stores = queues.map { LetterStore($0, client: client) }
    }

    public func stores(for filter: DeadFilter) -> [LetterStore] { stores.filter { filter.concerns($0.name) } }

    /// The clock of Redis, in milliseconds since 1970.
    public func now() async throws(RedisError) -> Int {
        let parts = try await client.call("TIME").elements.compactMap(\.integer)
        return parts.count == 2 ? parts[0] * 1000 + parts[1] / 1000 : 0
    }

    /// Nil for one that was replayed or deleted, or never was one.
    public func letter(_ id: LetterID) async throws(RedisError) -> DeadLetter? {
        try await LetterStore(id.queue, client: client).letter(id.member)
    }

    /// The first of the letters that a filter names which is not there.
    public func missing(in filter: DeadFilter) async throws(RedisError) -> LetterID? {
        for id in filter.ids { if try await letter(id) == nil { return id } }
        return nil
    }

    /// All that a filter means, counted.
    public func summary(of filter: DeadFilter) async throws(RedisError) -> LetterSummary {
        let now = try await now()
        var summary = LetterSummary()
        for store in stores(for: filter) {
            var scan = LetterScan(store, filter, .oldestFirst, until: now)
            while let portion = try await scan.next() { summary.add(portion.letters) }
        }
        return summary
    }

    /// Those that were buried last.
    /// - Returns: at most so many, and whether there are more.
    public func latest(_ filter: DeadFilter, limit: Int) async throws(RedisError) -> ([DeadLetter], more: Bool) {
        var found: [DeadLetter] = []
        for store in stores(for: filter) { found += try await latest(of: store, filter, limit) }
        found.sort { ($1.buriedMilliseconds, $0.id.description) < ($0.buriedMilliseconds, $1.id.description) }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    /// One more than the limit tells that there are more.
    private func latest(
        of store: LetterStore, _ filter: DeadFilter, _ limit: Int
    ) async throws(RedisError) -> [DeadLetter] {
        var found: [DeadLetter] = []
        var scan = LetterScan(store, filter, .latestFirst)
        while found.count <= limit, let portion = try await scan.next() { found += portion.letters }
        return Array(found.prefix(limit + 1))
    }

    /// What letters died of, the largest group first.
    public func groups(_ filter: DeadFilter, limit: Int) async throws(RedisError) -> [LetterGroup] {
        var groups: [LetterGroup] = []
        for store in stores(for: filter) {
            groups += try await store.groups(limit: Self.groupsRead).filter { filter.matches($0) }
        }
        groups.sort { ($1.count, $0.fingerprint) < ($0.count, $1.fingerprint) }
        return Array(groups.prefix(limit))
    }

    /// The replays that are remembered, the latest first.
    public func replays() async throws(RedisError) -> [ReplayState] {
        var states: [ReplayState] = []
        for store in stores { states += try await store.replays() }
        return states.sorted { ($1.begun, $0.id, $0.queue.name) < ($0.begun, $1.id, $1.queue.name) }
    }
}
