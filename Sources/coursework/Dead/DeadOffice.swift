import DeadLetters
import FoundationEssentials
import Jobs
import Platform
import RedisClient

/// Where the dead letters of all queues are, for one command.
struct DeadOffice {
    let setup: Setup
    let client: RedisClient
    let loop: EventLoop

    /// In the order of the configuration.
    var stores: [LetterStore] { setup.configuration.queues.map { LetterStore($0, client: client) } }

    func stores(for filter: DeadFilter) -> [LetterStore] { stores.filter { filter.concerns($0.name) } }

    /// The clock of Redis, in milliseconds since 1970.
    func now() async throws -> Int {
        let parts = try await client.call("TIME").elements.compactMap(\.integer)
        return parts.count == 2 ? parts[0] * 1000 + parts[1] / 1000 : 0
    }

    func letter(_ id: LetterID) async throws -> DeadLetter {
        guard let letter = try await LetterStore(id.queue, client: client).letter(id.member) else {
            throw CommandFailure(
                .failed,
                "There is no dead letter \(Terminal.line("\(id)", atMost: 200)): it was replayed or deleted, or never was one."
            )
        }
        return letter
    }

    /// Letters that are named must all be there before anything is done to one.
    func check(_ filter: DeadFilter) async throws { for id in filter.ids { _ = try await letter(id) } }

    /// All that a filter means, counted.
    func summary(of filter: DeadFilter) async throws -> LetterSummary {
        let now = try await now()
        var summary = LetterSummary()
        for store in stores(for: filter) {
            var scan = LetterScan(store, filter, .oldestFirst, until: now)
            while let portion = try await scan.next() { summary.add(portion.letters) }
        }
        return summary
    }

    static func id(_ text: String) throws -> LetterID {
        guard let id = LetterID(text) else {
            throw CommandFailure(
                .usage,
                "'\(Terminal.line(text, atMost: 200))' is no id of a dead letter: write queue:token, for example emails:1731-0."
            )
        }
        return id
    }
}
