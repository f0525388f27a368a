internal import JobQueue
internal import Jobs
internal import Platform
public import RedisClient

/// Who did what, to what, why and when: append-only and hash-chained, in Redis beside what it tells of.
///
/// Nothing is changed without an entry, whatever dies when: an entry that it has *begun* is there before anything is done, and
/// without that entry nothing is done. What follows may be many steps, in several servers; a second entry says that it is
/// *done* or *failed*, with its numbers. An act that has begun and not ended was cut short: nobody knows how much of it was
/// done, but who did it, and to what. (One step for both is not to be had: a queue lives in another slot of a cluster than
/// the trail, and much that is audited lives in PostgreSQL.)
///
/// The chain shows what was changed, exchanged or taken out afterwards, as long as somebody does not write all that follows
/// anew, who may write to Redis: a copy of the trail, exported to another place, shows that too. It is as durable as Redis is:
/// what Redis loses in a power cut it loses at the end, together with what was done to queues by then.
public struct AuditTrail: Sendable {
    /// The stream of entries, and the key of its head.
    static let key = "coursework:audit"
    static let headKey = "{coursework:audit}:head"
    static let verifiedKey = "{coursework:audit}:verified"

    let client: RedisClient
    private let library: FunctionLibrary

    public init(client: RedisClient) {
        self.client = client
        library = FunctionLibrary(client: client)
    }

    /// Does something that is audited.
    /// - Parameters:
    ///   - note: what is found out meanwhile, for the second entry.
    ///   - endLost: called when that one could not be written: what was done is done.
    ///   - body: does it. It is not called when the first entry cannot be written.
    /// - Throws: the error of the body, or ``AuditUnavailable``.
    public func record<Value>(
        _ act: AuditAct, note: AuditNote = AuditNote(), endLost: (any Error) -> Void = { _ in },
        _ body: () async throws -> Value
    ) async throws -> Value {
        let begun = Protection.auditFirst.isOn ? try await begin(act) : nil
        let value: Value
        do { value = try await body() } catch {
            do { try await end(act, begun, note, .failed) } catch { endLost(error) }
            throw error
        }
        do { try await end(act, begun, note, .done) } catch { endLost(error) }
        return value
    }

    private func begin(_ act: AuditAct) async throws(AuditUnavailable) -> SealedEntry {
        do throws(RedisError) {
            return try await append { head, time in
                var entry = AuditEntry(behind: head, time, act.actor, act.action, .begun)
                entry.target = act.target.text
                entry.name(jobs: act.target)
                entry.reason = act.reason
                entry.pruned = act.pruned
                return entry
            }
        } catch { throw AuditUnavailable(cause: error) }
    }

    private func end(
        _ act: AuditAct, _ begun: SealedEntry?, _ note: AuditNote, _ phase: AuditEntry.Phase
    ) async throws(RedisError) {
        _ = try await append { head, time in
            var entry = AuditEntry(behind: head, time, act.actor, act.action, phase)
            entry.began = begun?.entry.number
            entry.name(jobs: note.target)
            entry.counts = note.counts
            return entry
        }
    }

    // MARK: Appending

    /// Appends an entry behind the head; when somebody else's came first, it is made anew behind that one. So all writers
    /// together always get on.
    func append(
        _ make: (AuditHead, String) -> AuditEntry
    ) async throws(RedisError) -> SealedEntry {
        while true {
            let (head, now) = try await headAndTime()
            // A clock that was set back puts no entry before another.
            let sealed = SealedEntry(make(head, Timestamp(milliseconds: max(now, head.milliseconds)).precise))
            if try await put(sealed, behind: head) { return sealed }
        }
    }

    private func put(_ sealed: SealedEntry, behind head: AuditHead) async throws(RedisError) -> Bool {
        let new = sealed.head
        do throws(RedisError) {
            let answer = try await call(
                "cw_audit", head.text, "\(new.number)", new.hash, "\(new.milliseconds)", sealed.text)
            return answer.integer == 1
        } catch {
            // The answer was lost: the entry itself tells. It stays without its act when we are wrong.
            guard error.mayHaveExecuted, try await hash(ofEntry: new.number) == new.hash else { throw error }
            return true
        }
    }

    private func headAndTime() async throws(RedisError) -> (AuditHead, Int) {
        let answer = Array(try await call("cw_audit_head").elements)
        guard answer.count == 2, let head = answer[0].string.flatMap({ AuditHead(text: $0) }),
            let now = answer[1].integer
        else { throw RedisError(.protocolViolation, "The head of the audit trail cannot be read.") }
        return (head, now)
    }

    private func hash(ofEntry number: Int) async throws(RedisError) -> String? {
        try await entries(from: number, through: number, limit: 1).first?.sealed?.hash
    }

    private func call(_ function: String, _ arguments: String...) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        pipeline.add(["FCALL", function, "1", Self.key] + arguments)
        return try await library.send(pipeline)
    }
}

extension AuditEntry {
    fileprivate mutating func name(jobs target: AuditTarget) {
        guard target.jobCount > 0 else { return }
        (jobs, jobCount) = (target.jobs, target.jobCount)
    }
}
