internal import Audit
internal import DeadLetters
internal import HTTPServer
internal import Jobs
internal import RedisClient

/// Which dead letters a request means, by the words of `coursework dead`.
struct LetterCriteria {
    private static let mostIDs = 1000

    private var filter = DeadFilter()
    private var after: FilterTime?
    private var before: FilterTime?

    /// Whether it says nothing, and so means all.
    var isEmpty: Bool { filter.isEmpty && after == nil && before == nil }

    /// Whether it can only be decided by looking at each letter: groups are counted without.
    var looksInside: Bool { filter.attempts != nil || !filter.fields.isEmpty }

    /// For the audit trail: what is looked for in errors and payloads may be a person's.
    var target: AuditTarget {
        var shown = filter
        (shown.error, shown.fields, shown.ids) = (filter.error.map { _ in "…" }, [], [])
        let times = [after.map { "after \($0)" }, before.map { "before \($0)" }].compactMap { $0 }
        let fields = filter.fields.isEmpty ? [] : ["\(filter.fields.count) fields"]
        return AuditTarget(
            isEmpty ? "all" : ([shown.json] + times + fields).joined(separator: " "),
            jobs: filter.ids.map(\.description))
    }

    /// Of a query: `?queue=emails,default&type=email.send`.
    init(_ query: FormText, _ desk: JobDesk) throws(Refusal) {
        try read(desk) { (name) throws(Refusal) in query[name] }
        filter.queues = try query["queue"].map { (names) throws(Refusal) in
            try Self.queues(names.split(separator: ",", omittingEmptySubsequences: false).map(String.init), desk)
        }
        if let text = query["field"] { filter.fields = [try Self.field(text)] }
    }

    /// Of a body: `{"queues":["emails"],"type":"email.send","ids":["emails:1731-0"]}`.
    init(_ object: inout JSONObject, _ desk: JobDesk) throws(Refusal) {
        let texts = [
            "type": try object.text("type"), "reason": try object.text("reason"), "error": try object.text("error"),
            "group": try object.text("group"), "after": try object.text("after"),
            "before": try object.text("before"), "attempts": try object.text("attempts"),
        ]
        try read(desk) { (name) throws(Refusal) in texts[name] ?? nil }
        filter.queues = try object.texts("queues", atMost: 1000).map { (names) throws(Refusal) in
            try Self.queues(names, desk)
        }
        for text in try object.texts("fields", atMost: 100) ?? [] { filter.fields.append(try Self.field(text)) }
        for text in try object.texts("ids", atMost: Self.mostIDs) ?? [] {
            guard let id = LetterID(text), desk.queues.contains(id.queue) else {
                throw object.wrong("ids", "holds what is no id of a dead letter: queue:token")
            }
            filter.ids.append(id)
        }
    }

    private mutating func read(_ desk: JobDesk, _ text: (String) throws(Refusal) -> String?) throws(Refusal) {
        filter.type = try Self.filled("type", text)
        filter.reason = try Self.filled("reason", text)
        filter.error = try Self.filled("error", text)
        filter.group = try Self.filled("group", text)
        after = try FilterTime.read(text("after"), "after")
        before = try FilterTime.read(text("before"), "before")
        if let bounds = try text("attempts") {
            guard let attempts = AttemptBounds.parse(bounds) else {
                throw .invalid("attempts must be a number such as 3, or 3.., ..3 or 2..4.")
            }
            filter.attempts = attempts
        }
    }

    /// - Throws: also `RedisError`; ``Refusal`` when a letter that it names is not there.
    func filter(_ office: LetterOffice) async throws -> DeadFilter {
        var filter = filter
        if after != nil || before != nil {
            let now = try await office.now()
            filter.since = after?.milliseconds(now: now)
            filter.before = before?.milliseconds(now: now)
        }
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

    private static func field(_ text: String) throws(Refusal) -> FieldCondition {
        guard let condition = FieldCondition(text) else {
            throw .invalid("A field must be PATH=VALUE, for example args.user.id=42.")
        }
        return condition
    }
}
