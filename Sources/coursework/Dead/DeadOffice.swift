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

    var letters: LetterOffice { LetterOffice(setup.configuration.queues, client: client) }

    var stores: [LetterStore] { letters.stores }

    func stores(for filter: DeadFilter) -> [LetterStore] { letters.stores(for: filter) }

    /// The clock of Redis, in milliseconds since 1970.
    func now() async throws -> Int { try await letters.now() }

    func letter(_ id: LetterID) async throws -> DeadLetter {
        guard let letter = try await letters.letter(id) else {
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
    func summary(of filter: DeadFilter) async throws -> LetterSummary { try await letters.summary(of: filter) }

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
