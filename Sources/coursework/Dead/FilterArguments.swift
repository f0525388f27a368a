import Audit
import Configuration
import DeadLetters

/// The words of the command line that say which dead letters are meant.
struct FilterArguments {
    private var filter = DeadFilter()
    private let since: FilterTime?
    private let before: FilterTime?

    /// Whether it says anything.
    var isEmpty: Bool { filter.isEmpty && since == nil && before == nil }

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        since = try arguments.option("--after").map { try Self.time($0, "--after") }
        before = try arguments.option("--before").map { try Self.time($0, "--before") }
        filter.queues = try arguments.option("--queue").map { names in
            try names.split(separator: ",", omittingEmptySubsequences: false).map { try setup.queue(named: String($0)) }
        }
        filter.type = try Self.text("--type", in: &arguments)
        filter.reason = try Self.text("--reason", in: &arguments)
        filter.error = try Self.text("--error", in: &arguments)
        filter.group = try Self.text("--group", in: &arguments)
        filter.attempts = try arguments.option("--attempts").map(Self.attempts)
        while let text = try arguments.option("--field") {
            guard let condition = FieldCondition(text) else {
                throw CommandFailure(.usage, "--field must be PATH=VALUE, for example args.user.id=42.")
            }
            filter.fields.append(condition)
        }
    }

    /// Whether it can only be decided by looking at each letter: groups are counted without.
    var looksInside: Bool { filter.attempts != nil || !filter.fields.isEmpty }

    /// Takes all further words as ids of letters.
    mutating func takeIDs(_ arguments: inout Arguments, _ setup: Setup) throws {
        while let word = arguments.word() {
            let id = try DeadOffice.id(word)
            _ = try setup.queue(named: id.queue.name)
            filter.ids.append(id)
        }
    }

    func filter(_ office: DeadOffice) async throws -> DeadFilter {
        var filter = filter
        guard since != nil || before != nil else { return filter }
        let now = try await office.now()
        filter.since = since?.milliseconds(now: now)
        filter.before = before?.milliseconds(now: now)
        return filter
    }

    /// For the audit trail. What errors and payloads are asked for may be of a person, so only that they are asked for is told.
    var target: AuditTarget {
        let parts: [String?] = [
            filter.queues.map { "queue " + $0.map(\.name).joined(separator: ",") },
            filter.type.map { "type \($0)" }, filter.reason.map { "reason \($0)" },
            filter.group.map { "group \($0)" }, filter.error.map { _ in "with an error text" },
            since.map { "after \($0)" }, before.map { "before \($0)" },
            filter.attempts.map { "attempts \($0.lowerBound)..\($0.upperBound)" },
            filter.fields.isEmpty ? nil : "with fields",
        ]
        let text = parts.compactMap { $0 }.joined(separator: ", ")
        return AuditTarget(
            text.isEmpty && filter.ids.isEmpty ? "all" : text.isEmpty ? nil : text, jobs: filter.ids.map { "\($0)" })
    }

    /// An empty one, of a variable that was not set perhaps, would mean everything.
    private static func text(_ option: String, in arguments: inout Arguments) throws -> String? {
        let text = try arguments.option(option)
        guard text?.isEmpty != true else { throw CommandFailure(.usage, "\(option) must not be empty.") }
        return text
    }

    private static func time(_ text: String, _ option: String) throws -> FilterTime {
        guard let time = FilterTime(text) else {
            throw CommandFailure(
                .usage, "\(option) must be a time such as 2026-12-01T08:00:00Z, or how long ago, such as 2h.")
        }
        return time
    }

    private static func attempts(_ text: String) throws -> ClosedRange<Int> {
        guard let bounds = AttemptBounds.parse(text) else {
            throw CommandFailure(.usage, "--attempts must be a number such as 3, or 3.., ..3 or 2..4.")
        }
        return bounds
    }
}
