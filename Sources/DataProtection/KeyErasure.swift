internal import DeadLetters
internal import JobQueue
internal import RedisClient
internal import Sealing

/// Takes a person out of what jobs of a queue leave beside themselves: results, batches, keys of producers, groups of dead
/// letters, replays.
struct KeyErasure {
    private let subject: Subject
    private let queue: JobQueue
    private let client: RedisClient
    private let erases: Bool

    init(_ subject: Subject, _ queue: JobQueue, _ client: RedisClient, erases: Bool) {
        (self.subject, self.queue, self.client, self.erases) = (subject, queue, client, erases)
    }

    func run(_ counts: inout ErasureCounts) async throws {
        var cursor = "0"
        let pattern = queue.keys.stream + ":*"
        repeat {
            var page = try await client.call("SCAN", cursor, "MATCH", pattern, "COUNT", "500").elements
            cursor = page.next()?.string ?? "0"
            for key in page.next()?.elements.compactMap(\.string) ?? [] { try await visit(key, &counts) }
        } while cursor != "0"
        try await visitGroups(&counts)
    }

    private func visit(_ key: String, _ counts: inout ErasureCounts) async throws {
        let name = key.dropFirst(queue.keys.stream.count + 1)
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if name == "events" { return try await visitEvents(key, &counts) }
        guard parts.count == 2 else { return }
        switch parts[0] {
        case "once", "unique": try await forgetKey(key, parts[1], &counts)
        case "limit": try await forgetLimit(key, String(parts[1]), &counts)
        // An id may be a producer's choice, too.
        case "job" where subject.isMentioned(in: String(parts[1])): try await forgetKey(key, parts[1], &counts)
        case "job" where parts[1].hasSuffix(":checkpoint"): try await visitCheckpoint(key, &counts)
        case "job" where parts[1].hasSuffix(":log"): try await visitLog(key, &counts)
        case "job" where !parts[1].hasSuffix(":end"):
            try await forgetFields(of: key, among: ["result", "error", "reason"], &counts)
        case "batch" where parts[1].hasSuffix(":results"): try await forgetFields(of: key, &counts)
        case "replay": try await visitReplay(key, &counts)
        case "batch": try await lookAt(key, &counts)
        default: break
        }
    }

    // MARK: Keys of producers

    private func forgetKey(_ key: String, _ text: Substring, _ counts: inout ErasureCounts) async throws {
        guard subject.isMentioned(in: String(text)) else { return }
        counts.count(.keys)
        if erases { _ = try await client.call("DEL", key) }
    }

    /// One that somebody holds is forgotten by the workers soon after.
    private func forgetLimit(_ key: String, _ limit: String, _ counts: inout ErasureCounts) async throws {
        guard subject.isMentioned(in: limit) else { return }
        let stream = queue.keys.stream
        guard
            try await client.call("EXISTS", "\(stream):holders:\(limit)", "\(stream):blocked:limit:\(limit)").integer
                == 0
        else { return counts.mention("limit \(queue.name)") }
        counts.count(.keys)
        guard erases else { return }
        var pipeline = RedisPipeline()
        pipeline.add("DEL", key, "\(stream):woken:\(limit)")
        pipeline.add("ZREM", "\(stream):limits", limit)
        _ = try await client.send(pipeline)
    }

    // MARK: What jobs said

    /// - Parameter names: of those fields; nil looks at all.
    private func forgetFields(
        of key: String, among names: [String]? = nil, _ counts: inout ErasureCounts
    ) async throws {
        var found: [String] = []
        var type = ""
        if names != nil { type = try await client.call("HGET", key, "type").string ?? "" }
        try await client.eachField(of: key) { name, value in
            let field = names == nil ? "result" : name
            guard names?.contains(name) ?? true,
                subject.isMentioned(in: queue.vault.revealed(field, Array(value), of: type))
            else { return }
            found.append(name)
        }
        guard !found.isEmpty else { return }
        counts.count(.results)
        if erases { _ = try await call(["HDEL", key] + found) }
    }

    private func visitCheckpoint(_ key: String, _ counts: inout ErasureCounts) async throws {
        guard let value = try await client.call("GET", key).bytes else { return }
        let type = try await client.call("HGET", String(key.dropLast(":checkpoint".count)), "type").string ?? ""
        let clear = (try? queue.vault.open(Array(value), as: .checkpoint, of: type)) ?? Array(value)
        guard subject.isMentioned(in: clear) else { return }
        counts.count(.results)
        if erases { _ = try await client.call("DEL", key) }
    }

    /// What a tracked job said: the whole of it, as no line can be taken out that others are not understood without.
    private func visitLog(_ key: String, _ counts: inout ErasureCounts) async throws {
        guard try await client.call("TYPE", key).string == "stream" else { return }
        let type = try await client.call("HGET", String(key.dropLast(":log".count)), "type").string ?? ""
        var isMentioned = false
        for entry in try await client.call("XRANGE", key, "-", "+").elements {
            let texts = Self.values(of: entry).map { queue.vault.revealed($0, of: type, isJSON: $0.hasPrefix("{")) }
            isMentioned = isMentioned || texts.contains { subject.isMentioned(in: $0) }
        }
        guard isMentioned else { return }
        counts.count(.results)
        if erases { _ = try await client.call("DEL", key) }
    }

    /// What became of tracked jobs lately, by their ids, of which producers choose some.
    private func visitEvents(_ key: String, _ counts: inout ErasureCounts) async throws {
        guard try await client.call("TYPE", key).string == "stream" else { return }
        var first = "-"
        while true {
            var last: String?
            for entry in try await client.call("XRANGE", key, first, "+", "COUNT", "200").elements {
                var parts = entry.elements
                guard let id = parts.next()?.string else { continue }
                last = id
                guard Self.values(of: entry).contains(where: { subject.isMentioned(in: $0) }) else { continue }
                counts.count(.notes)
                if erases { _ = try await client.call("XDEL", key, id) }
            }
            guard let last else { return }
            first = "(" + last
        }
    }

    private static func values(of entry: RedisValue) -> [String] {
        var parts = entry.elements
        _ = parts.next()
        return parts.next()?.elements.compactMap(\.string) ?? []
    }

    private func visitReplay(_ key: String, _ counts: inout ErasureCounts) async throws {
        guard let filter = try await client.call("HGET", key, "filter").string, subject.isMentioned(in: filter) else {
            return
        }
        counts.count(.notes)
        // One that runs is ended by it: what it was to replay is gone.
        if erases { _ = try await client.call("DEL", key) }
    }

    /// What cannot be taken out without what it belongs to.
    private func lookAt(_ key: String, _ counts: inout ErasureCounts) async throws {
        guard try await client.call("TYPE", key).string == "hash" else { return }
        var isMentioned = false
        try await client.eachField(of: key) { _, value in isMentioned = isMentioned || subject.isMentioned(in: value) }
        if isMentioned { counts.mention("the batch of \(key)") }
    }

    /// A group keeps the message of its first letter: then what all messages of the group have in common stands for it.
    private func visitGroups(_ counts: inout ErasureCounts) async throws {
        var changes: [(StoredJob, LetterFields)] = []
        try await JobScan(queue.name, client: client).eachGroup { group in
            guard let message = group.fields.text("message"), subject.isMentioned(in: message) else { return }
            let pattern = group.fields["pattern"] ?? []
            let clean = subject.isMentioned(in: pattern) ? [] : pattern
            changes.append((group, group.fields.setting("message", clean).setting("pattern", clean)))
        }
        for (group, fields) in changes {
            counts.count(.notes)
            if erases { _ = try await queue.swap(group, for: fields, in: "groups") }
        }
    }

    // MARK: Reading

    private func call(_ words: [String]) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        pipeline.add(words)
        let reply = try await client.send(pipeline)
        if let error = reply.firstError { throw error }
        return reply.first
    }
}
