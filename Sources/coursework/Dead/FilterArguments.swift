import Audit
import Configuration
import DeadLetters

/// The words of the command line that say which dead letters are meant.
struct FilterArguments {
    private(set) var selection = LetterSelection()

    /// Whether it says anything.
    var isEmpty: Bool { selection.isEmpty }

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        selection.after = try arguments.option("--after").map { try Self.time($0, "--after") }
        selection.before = try arguments.option("--before").map { try Self.time($0, "--before") }
        selection.filter.queues = try arguments.option("--queue").map { names in
            try names.split(separator: ",", omittingEmptySubsequences: false).map { try setup.queue(named: String($0)) }
        }
        selection.filter.type = try Self.text("--type", in: &arguments)
        selection.filter.reason = try Self.text("--reason", in: &arguments)
        selection.filter.error = try Self.text("--error", in: &arguments)
        selection.filter.group = try Self.text("--group", in: &arguments)
        selection.filter.attempts = try arguments.option("--attempts").map(Self.attempts)
        while let text = try arguments.option("--field") {
            guard let condition = FieldCondition(text) else {
                throw CommandFailure(.usage, "--field must be PATH=VALUE, for example args.user.id=42.")
            }
            selection.filter.fields.append(condition)
        }
    }

    var looksInside: Bool { selection.looksInside }

    /// Takes all further words as ids of letters.
    mutating func takeIDs(_ arguments: inout Arguments, _ setup: Setup) throws {
        while let word = arguments.word() {
            let id = try DeadOffice.id(word)
            _ = try setup.queue(named: id.queue.name)
            selection.filter.ids.append(id)
        }
    }

    var target: AuditTarget { AuditTarget(selection.words, jobs: selection.filter.ids.map { "\($0)" }) }

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
