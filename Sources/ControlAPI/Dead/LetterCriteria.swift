internal import Audit
internal import DeadLetters
internal import HTTPServer
internal import Jobs
internal import RedisClient

/// Which dead letters a request means, by the words of `coursework dead`.
struct LetterCriteria {
    private static let mostIDs = 1000

    private(set) var selection = LetterSelection()

    var isEmpty: Bool { selection.isEmpty }

    var looksInside: Bool { selection.looksInside }

    var target: AuditTarget { AuditTarget(selection.words, jobs: selection.filter.ids.map(\.description)) }

    /// Of a query: `?queue=emails,default&type=email.send`.
    init(_ query: FormText, _ desk: JobDesk) throws(Refusal) {
        try read(desk) { (name) throws(Refusal) in query[name] }
        selection.filter.queues = try query["queue"].map { (names) throws(Refusal) in
            try Self.queues(names.split(separator: ",", omittingEmptySubsequences: false).map(String.init), desk)
        }
        for text in query.all("field") { selection.filter.fields.append(try Self.field(text)) }
        for text in query.all("id") { selection.filter.ids.append(try Self.id(text, desk)) }
    }

    /// Of a body: `{"queues":["emails"],"type":"email.send","ids":["emails:1731-0"]}`.
    init(_ object: inout JSONObject, _ desk: JobDesk) throws(Refusal) {
        let texts = [
            "type": try object.text("type"), "reason": try object.text("reason"), "error": try object.text("error"),
            "group": try object.text("group"), "after": try object.text("after"),
            "before": try object.text("before"), "attempts": try object.text("attempts"),
        ]
        try read(desk) { (name) throws(Refusal) in texts[name] ?? nil }
        selection.filter.queues = try object.texts("queues", atMost: 1000).map { (names) throws(Refusal) in
            try Self.queues(names, desk)
        }
        for text in try object.texts("fields", atMost: 100) ?? [] {
            selection.filter.fields.append(try Self.field(text))
        }
        for text in try object.texts("ids", atMost: Self.mostIDs) ?? [] {
            selection.filter.ids.append(try Self.id(text, desk))
        }
    }

    private mutating func read(_ desk: JobDesk, _ text: (String) throws(Refusal) -> String?) throws(Refusal) {
        selection.filter.type = try Self.filled("type", text)
        selection.filter.reason = try Self.filled("reason", text)
        selection.filter.error = try Self.filled("error", text)
        selection.filter.group = try Self.filled("group", text)
        selection.after = try FilterTime.read(text("after"), "after")
        selection.before = try FilterTime.read(text("before"), "before")
        if let bounds = try text("attempts") {
            guard let attempts = AttemptBounds.parse(bounds) else {
                throw .invalid("attempts must be a number such as 3, or 3.., ..3 or 2..4.")
            }
            selection.filter.attempts = attempts
        }
    }

    /// - Throws: also `RedisError`; ``Refusal`` when a letter that it names is not there.
    func filter(_ office: LetterOffice) async throws -> DeadFilter {
        let needsNow = selection.after != nil || selection.before != nil
        let filter = selection.filter(now: needsNow ? try await office.now() : 0)
        if let missing = try await office.missing(in: filter) {
            throw Refusal.unknown(
                "There is no dead letter \(missing): it was replayed or deleted, or never was one.")
        }
        return filter
    }

    /// An empty one, of a variable that was not set perhaps, would mean everything.
    private static func filled(
        _ name: String, _ text: (String) throws(Refusal) -> String?
    ) throws(Refusal) -> String? {
        let value = try text(name)
        guard value?.isEmpty != true else { throw .invalid("\(name) must not be empty.") }
        return value
    }

    private static func queues(_ names: [String], _ desk: JobDesk) throws(Refusal) -> [QueueName] {
        var queues: [QueueName] = []
        for name in names {
            guard let queue = QueueName(name), desk.queues.contains(queue) else {
                throw .invalid("A queue is none of this server; GET /v1/queues lists them.")
            }
            queues.append(queue)
        }
        return queues
    }

    private static func id(_ text: String, _ desk: JobDesk) throws(Refusal) -> LetterID {
        guard let id = LetterID(text), desk.queues.contains(id.queue) else {
            throw .invalid("An id is none of a dead letter of this server: queue:token.")
        }
        return id
    }

    private static func field(_ text: String) throws(Refusal) -> FieldCondition {
        guard let condition = FieldCondition(text) else {
            throw .invalid("A field must be PATH=VALUE, for example args.user.id=42.")
        }
        return condition
    }
}
