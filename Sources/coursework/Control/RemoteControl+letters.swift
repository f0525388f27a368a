import DeadLetters
import FoundationEssentials
import Jobs
import Platform
import Reports

extension RemoteControl {
    private struct Groups: Decodable { let groups: [GroupReport] }

    private struct Replays: Decodable { let replays: [ReplayReport] }

    private struct Deleted: Decodable {
        let deleted: Int
        let more: Bool
    }

    private struct Begun: Decodable { let id: String }

    private struct Imported: Decodable { let imported: Int }

    /// A server takes a megabyte at once, unless it is told otherwise.
    private static let importBytes = 700 << 10

    // MARK: Looking

    func letters(_ selection: LetterSelection, limit: Int) async throws -> LettersReport {
        try await check(selection.filter.queues ?? [])
        return try await ask(.get, "/v1/dead" + Self.query(selection, [("limit", "\(limit)")]))
    }

    func groups(_ selection: LetterSelection, limit: Int) async throws -> [GroupReport] {
        try await check(selection.filter.queues ?? [])
        let answer: Groups = try await ask(.get, "/v1/dead/groups" + Self.query(selection, [("limit", "\(limit)")]))
        return answer.groups
    }

    func letter(_ id: LetterID, opened: Bool) async throws -> LetterReport {
        do { return try await ask(.get, Self.path(of: id) + Self.opening(opened)) } catch let refusal as ServerRefusal
            where refusal.status == 404
        {
            try await check(id.queue)
            throw CommandFailure.noLetter(id)
        }
    }

    func export(_ selection: LetterSelection, to write: ([UInt8]) -> Void) async throws {
        try await check(selection.filter.queues ?? [])
        var cursor: String?
        repeat {
            let response = try await ask(.get, "/v1/dead/export" + Self.query(selection, [("cursor", cursor)]))
            write(response.body)
            cursor = response.headers["next-cursor"]
        } while cursor != nil
    }

    func summary(of selection: LetterSelection, to verb: String) async throws -> SummaryReport {
        try await check(selection.filter.queues ?? [])
        return try await ask(.post, "/v1/dead/\(verb)", Self.body(selection, [("dry_run", "true")]))
    }

    // MARK: Changing

    func edit(_ letter: LetterReport, args: [UInt8], isUnchecked: Bool, isDryRun: Bool) async throws -> LetterEditReport
    {
        guard !isUnchecked else {
            throw CommandFailure(.usage, "A server checks every payload: leave out --unchecked.")
        }
        guard (try? JSONDecoder().decode(AnyJSON.self, from: Data(args))) != nil else {
            throw CommandFailure(.failed, "The payload would be no JSON.")
        }
        let id = try DeadOffice.id(letter.id)
        do {
            return try await ask(
                .patch, Self.path(of: id),
                Self.object([
                    ("args", String(decoding: args, as: UTF8.self)), ("former", JSONText.of(letter.args)),
                    ("dry_run", isDryRun ? "true" : nil),
                ]))
        } catch let refusal as ServerRefusal {
            switch refusal.status {
            case 404: throw CommandFailure.letterGone(id)
            case 409 where refusal.detail.hasPrefix("It was"): throw CommandFailure.letterGone(id)
            case 409: throw CommandFailure.letterChanged(id)
            default: throw Self.payloadFailure(refusal, of: letter.type, .failed) ?? refusal
            }
        }
    }

    func delete(_ selection: LetterSelection, rate: ReplayRate?, while mayGoOn: @Sendable () -> Bool) async throws
        -> Int
    {
        let body = Self.body(selection, [("rate", rate.map { JSONText.of("\($0)") })])
        var deleted = 0
        while true {
            let portion: Deleted
            do { portion = try await ask(.post, "/v1/dead/delete", body) } catch let refusal as ServerRefusal
                where refusal.status == 404 && deleted > 0
            {
                // Those that were named are gone one by one.
                return deleted
            }
            deleted += portion.deleted
            guard portion.more, mayGoOn() else { return deleted }
        }
    }

    /// In portions; each line is checked before the first is sent.
    func importLetters(_ lines: [UInt8]) async throws -> (imported: Int, all: Int) {
        let queues = try await queues().compactMap { QueueName($0.0) }
        let letters = try LetterFile(lines, queues: queues).letters
        var (imported, portion) = (0, [UInt8]())
        do {
            for letter in letters {
                let line = Array("\(LetterLine.text(of: letter))\n".utf8)
                if !portion.isEmpty, portion.count + line.count > Self.importBytes {
                    imported += try await send(portion)
                    portion = []
                }
                portion += line
            }
            if !portion.isEmpty { imported += try await send(portion) }
        } catch let refusal as ServerRefusal {
            let failure = CommandFailure(refusal)
            throw CommandFailure(failure.code, "\(CommandFailure.halfImported) \(failure)")
        }
        return (imported, letters.count)
    }

    private func send(_ lines: [UInt8]) async throws -> Int {
        let answer: Imported = try await ask(.post, "/v1/dead/import", lines)
        return answer.imported
    }

    // MARK: Replaying

    func replays() async throws -> [ReplayReport] {
        let answer: Replays = try await ask(.get, "/v1/replays")
        return answer.replays
    }

    func begin(_ selection: LetterSelection, rate: ReplayRate?) async throws -> any DrivenReplay {
        try await check(selection.filter.queues ?? [])
        let begun: Begun = try await ask(
            .post, "/v1/dead/replay", Self.body(selection, [("rate", rate.map { JSONText.of("\($0)") })]))
        return WatchedReplay(id: begun.id, control: self)
    }

    func resume(_ replay: String, rate: ReplayRate?) async throws -> any DrivenReplay {
        let body = rate.map { Self.object([("rate", JSONText.of("\($0)"))]) }
        let begun: Begun = try await ask(.post, "/v1/replays/\(Self.encoded(replay))/resume", body)
        return WatchedReplay(id: begun.id, control: self)
    }

    func abort(_ replay: String) async throws -> Bool {
        do { _ = try await ask(.post, "/v1/replays/\(Self.encoded(replay))/abort") } catch let refusal as ServerRefusal
            where refusal.status == 409 || refusal.status == 404
        { return false }
        return true
    }

    // MARK: Selections

    private static func path(of id: LetterID) -> String { "/v1/dead/\(encoded("\(id)"))" }

    private typealias Word = (name: String, value: String?)

    private static func words(_ selection: LetterSelection) -> [Word] {
        let filter = selection.filter
        return [
            ("type", filter.type), ("reason", filter.reason), ("error", filter.error), ("group", filter.group),
            ("after", selection.after?.text), ("before", selection.before?.text),
            ("attempts", filter.attempts.map { "\($0.lowerBound)..\($0.upperBound)" }),
        ]
    }

    private static func query(_ selection: LetterSelection, _ more: [Word]) -> String {
        let filter = selection.filter
        var all: [Word] = [("queue", filter.queues.map { $0.map(\.name).joined(separator: ",") })]
        all += words(selection)
        for field in filter.fields { all.append(("field", field.description)) }
        for id in filter.ids { all.append(("id", id.description)) }
        return query(all + more)
    }

    /// - Parameter more: members that are JSON already.
    private static func body(_ selection: LetterSelection, _ more: [(name: String, json: String?)]) -> [UInt8] {
        let filter = selection.filter
        var all: [(name: String, json: String?)] = []
        for word in words(selection) { all.append((word.name, word.value.map { JSONText.of($0) })) }
        all.append(("queues", filter.queues.map { JSONText.of($0.map(\.name)) }))
        all.append(("fields", filter.fields.isEmpty ? nil : JSONText.of(filter.fields.map(\.description))))
        all.append(("ids", filter.ids.isEmpty ? nil : JSONText.of(filter.ids.map(\.description))))
        all.append(("all", selection.isEmpty ? "true" : nil))
        return object(all + more)
    }
}
