internal import Audit
internal import DeadLetters
package import HTTPServer
internal import Jobs
internal import Platform
internal import Reports
internal import Sealing

/// `/v1/dead`: why jobs died, and what is done about it.
package struct LetterRoutes: Sendable {
    /// A deletion that takes longer is gone on with by asking again.
    private static let deletesFor = Duration.seconds(20)

    private let desk: JobDesk
    private let drivers: ReplayDrivers
    private var office: LetterOffice { LetterOffice(desk.queues, client: desk.redis) }

    package init(_ desk: JobDesk, _ drivers: ReplayDrivers) { (self.desk, self.drivers) = (desk, drivers) }

    package var routes: [Route] {
        [
            Route(
                .get, "/v1/dead", role: .operator, "dead letters, those that were buried last first",
                .refusable(list)),
            Route(.get, "/v1/dead/groups", role: .operator, "what they died of: one a cause", .refusable(groups)),
            Route(.post, "/v1/dead/replay", role: .operator, "make letters jobs again", .refusable(replay)),
            Route(.post, "/v1/dead/delete", role: .admin, "end letters for good", .refusable(deleteMany)),
            Route(
                .get, "/v1/dead/{id}", role: .operator, "one letter, all that is known; ?open=true",
                .refusable(show)),
            Route(.patch, "/v1/dead/{id}", role: .operator, "give a letter another payload", .refusable(edit)),
            Route(.delete, "/v1/dead/{id}", role: .admin, "end a letter for good", .refusable(deleteOne)),
            Route(.get, "/v1/replays", role: .operator, "the replays that are remembered", .refusable(replays)),
            Route(
                .post, "/v1/replays/{id}/resume", role: .operator, bodyBytes: Route.formBytes,
                "go on with a replay that nobody drives",
                .refusable(resume)),
            Route(
                .post, "/v1/replays/{id}/abort", role: .operator, bodyBytes: Route.formBytes,
                "end a replay, wherever it is driven",
                .refusable(abort)),
        ]
    }

    // MARK: Looking

    private func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let filter = try await LetterCriteria(request.query, desk).filter(office)
        let (letters, more) = try await office.latest(filter, limit: try request.limit())
        return .json(LettersReport(letters, more: more))
    }

    private func groups(_ request: HTTPRequest) async throws -> HTTPResponse {
        let criteria = try LetterCriteria(request.query, desk)
        guard !criteria.looksInside else {
            throw Refusal.invalid("Groups are not told apart by attempts or field; GET /v1/dead is.")
        }
        let groups = try await office.groups(try await criteria.filter(office), limit: try request.limit())
        return .json(["groups": groups.map(GroupReport.init)])
    }

    private func show(_ request: HTTPRequest) async throws -> HTTPResponse {
        let letter = try await letter(request)
        guard try request.isOpening() else { return .json(LetterReport(letter)) }
        return try await desk.audit.record("dead.open", AuditTarget(jobs: ["\(letter.id)"]), by: request) {
            .json(LetterReport(letter.revealed(by: desk.vault)))
        }
    }

    private func letter(_ request: HTTPRequest) async throws -> DeadLetter {
        let unknown = Refusal.unknown(
            "There is no such dead letter: it was replayed or deleted, or never was one.")
        guard let id = LetterID(request.parameters["id"]), desk.queues.contains(id.queue) else { throw unknown }
        // In a guard of several conditions the compiler of Swift 6.3.1 crashes when it optimises.
        let letter = try await office.letter(id)
        guard let letter else { throw unknown }
        return letter
    }

    // MARK: Changing

    private func edit(_ request: HTTPRequest) async throws -> HTTPResponse {
        let letter = try await letter(request)
        let (args, former, isDryRun) = try request.object { (object) throws(Refusal) in
            guard let args = object.raw("args") else { throw object.wrong("args", "is missing: the new payload") }
            return (Array(args), try object.text("former"), try object.flag("dry_run") ?? false)
        }
        guard former.map({ $0 == String(decoding: letter.args, as: UTF8.self) }) ?? true else { throw Self.changed }
        try check(args, of: letter)
        let differences = try differences(from: letter, to: args)
        let isEdited = !isDryRun && !differences.isEmpty
        if isEdited {
            try await desk.audit.record("dead.edit", AuditTarget(jobs: ["\(letter.id)"]), by: request) {
                try await store(args, in: letter, request)
            }
        }
        return .json(LetterEditReport(letter.id, isEdited: isEdited, differences))
    }

    /// Of a payload that is sealed no more is told than where it differs.
    private func differences(from letter: DeadLetter, to args: [UInt8]) throws -> [PayloadEdit.Difference] {
        guard letter.isSealed else { return PayloadEdit.differences(from: letter.args, to: args) }
        let old: [UInt8]
        do throws(SealFailure) { old = try desk.vault.open(letter.args, of: letter.type) } catch {
            throw Refusal(.conflict, "\(error)")
        }
        return PayloadEdit.differences(from: old, to: args).map { .init(path: $0.path, old: nil, new: nil) }
    }

    /// Whatever is stored can be decoded by a worker of this version.
    private func check(_ args: [UInt8], of letter: DeadLetter) throws(Refusal) {
        guard let job = JobType(letter.type).flatMap({ desk.registry[$0] }) else {
            throw .invalid("This server knows no such type, so it cannot check the payload.")
        }
        try PayloadCheckpoint.check(args, of: job, at: "/args", limit: desk.argsBytes)
    }

    private func store(_ args: [UInt8], in letter: DeadLetter, _ request: HTTPRequest) async throws {
        let store = LetterStore(letter.id.queue, client: desk.redis)
        switch try await store.edit(letter, args: args, by: request.actorName) {
        case .edited: return
        case .gone: throw Refusal(.conflict, "It was replayed or deleted meanwhile; nothing was changed.")
        case .changed: throw Self.changed
        }
    }

    private static let changed = Refusal(.conflict, "Somebody else edited it meanwhile; nothing was changed.")

    private struct Deleted: Encodable {
        let deleted: Int
        /// Whether there may be more of them: ask again.
        let more: Bool
    }

    private func deleteOne(_ request: HTTPRequest) async throws -> HTTPResponse {
        let letter = try await letter(request)
        let count = try await desk.audit.record("dead.delete", AuditTarget(jobs: ["\(letter.id)"]), by: request) {
            try await LetterStore(letter.id.queue, client: desk.redis).delete([letter])
        }
        return .json(Deleted(deleted: count, more: false))
    }

    private func deleteMany(_ request: HTTPRequest) async throws -> HTTPResponse {
        let order = try order(request, "delete")
        let filter = try await order.criteria.filter(office)
        if order.isDryRun { return .json(SummaryReport(try await office.summary(of: filter))) }
        try await check(order, filter)
        let deletion = Deletion(
            filter, in: office.stores, rate: order.rate, until: try await office.now(), loop: desk.loop)
        let note = AuditNote()
        return try await desk.audit.record("dead.delete", order.target, by: request, note: note) {
            let end = MonotonicTime.now + Self.deletesFor
            var isDone = true
            let count = try await deletion.run { _ in
                isDone = MonotonicTime.now < end
                return isDone
            }
            note.count("deleted", count)
            return .json(Deleted(deleted: count, more: !isDone))
        }
    }

    // MARK: Replaying

    private struct Begun: Encodable {
        let id: String
        let state: String
    }

    private func replay(_ request: HTTPRequest) async throws -> HTTPResponse {
        let order = try order(request, "replay")
        let filter = try await order.criteria.filter(office)
        if order.isDryRun { return .json(SummaryReport(try await office.summary(of: filter))) }
        try await check(order, filter)
        let replay = try await desk.audit.record("dead.replay", order.target, by: request) {
            try await Replay.begin(
                filter, in: office.stores, rate: order.rate, by: request.actorName, loop: desk.loop)
        }
        return drive(replay)
    }

    private func resume(_ request: HTTPRequest) async throws -> HTTPResponse {
        let rate =
            request.body.isEmpty ? nil : try request.object { (object) throws(Refusal) in try Self.rate(&object) }
        do {
            let id = request.parameters["id"]
            let replay = try await desk.audit.record("dead.replay", .replay(id), by: request) {
                try await Replay.resume(id, in: office.stores, rate: rate, by: request.actorName, loop: desk.loop)
            }
            return drive(replay)
        } catch let stopped as Replay.Stopped {
            throw Refusal(.conflict, stopped.description)
        }
    }

    /// In the server; when that ends, somebody resumes it.
    private func drive(_ replay: Replay) -> HTTPResponse {
        drivers.drive(replay)
        return HTTPResponse(
            .accepted, "application/json", Array(JSONText.of(Begun(id: replay.id, state: "running")).utf8),
            fields: [("Location", "/v1/replays")])
    }

    private func replays(_: HTTPRequest) async throws -> HTTPResponse {
        .json(["replays": try await office.replays().map(ReplayReport.init)])
    }

    private func abort(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = request.parameters["id"]
        return try await desk.audit.record("dead.abort", .replay(id), by: request) {
            var isAborted = false
            for store in office.stores where try await store.abort(replay: id, by: request.actorName) {
                isAborted = true
            }
            guard isAborted else { throw Refusal(.conflict, "No such replay is running.") }
            return .json(Begun(id: id, state: "aborted"))
        }
    }

    // MARK: Bodies

    private struct Order {
        let criteria: LetterCriteria
        let rate: ReplayRate?
        let isDryRun: Bool
        /// What a dry run said that it would be of.
        let confirmation: String?

        var target: AuditTarget { criteria.target }
    }

    private func order(_ request: HTTPRequest, _ verb: String) throws(Refusal) -> Order {
        try request.object { (object) throws(Refusal) in
            let order = Order(
                criteria: try LetterCriteria(&object, desk), rate: try Self.rate(&object),
                isDryRun: try object.flag("dry_run") ?? false, confirmation: try object.text("confirm"))
            guard try object.flag("all") ?? false || !order.criteria.isEmpty else {
                throw Refusal.invalid("That would \(verb) all dead letters: say which, or \"all\": true.")
            }
            return order
        }
    }

    /// Letters that came or went since somebody looked are not what was meant.
    private func check(_ order: Order, _ filter: DeadFilter) async throws {
        guard let confirmation = order.confirmation else { return }
        guard try await office.summary(of: filter).confirmation == confirmation else {
            throw Refusal(.conflict, "These are other letters than those that were confirmed; nothing was changed.")
        }
    }

    private static func rate(_ object: inout JSONObject) throws(Refusal) -> ReplayRate? {
        guard let text = try object.text("rate") else { return nil }
        guard let rate = ReplayRate(text) else { throw object.wrong("rate", "must be such as 50/s, 600/m or 10/h") }
        return rate
    }
}
