public import Jobs
public import RedisClient
public import Sealing

/// All that Redis knows of one job.
public struct JobDescription: Sendable {
    /// Who runs it.
    public struct Holder: Sendable {
        public let worker: WorkerID
        /// Since the worker last renewed its lease.
        public let silentMilliseconds: Int
        /// Times it was given to a worker as this entry.
        public let deliveries: Int
    }

    public let id: JobID
    /// A job that has ended is known for as long as it is tracked, or a dead letter.
    public let state: JobState
    /// The fields of the job as it is stored, by name; `due` is when a waiting one becomes ready, in ms since 1970.
    public let fields: [String: String]
    public let holder: Holder?
    /// What is noted for those who track it: progress, result, reason, error.
    public let tracked: [String: String]
    /// Until it is expected to be done, by the clock of Redis: see ``JobStatus/remaining``.
    public let remaining: Duration?

    /// See ``JobStatus/etaMilliseconds``.
    public var etaMilliseconds: Int? { tracked["eta"].flatMap { Int($0) } }
}

extension JobDescription {
    public var type: String { fields["type"] ?? tracked["type"] ?? "" }

    /// With what of it can be opened; the rest stays sealed.
    public func revealed(by vault: PayloadVault) -> JobDescription {
        let type = type
        func revealed(_ values: [String: String]) -> [String: String] {
            Dictionary(
                uniqueKeysWithValues: values.map { name, value in
                    (name, String(decoding: vault.revealed(name, Array(value.utf8), of: type), as: UTF8.self))
                })
        }
        return JobDescription(
            id: id, state: state, fields: revealed(fields), holder: holder, tracked: revealed(tracked),
            remaining: remaining)
    }
}

extension JobQueue {
    /// Nil for a job that this queue does not have and nobody tracks.
    public func describe(_ id: JobID) async throws(RedisError) -> JobDescription? {
        if let found = try await describe(id, entry: "") { return found }
        guard let entry = try await findEntry(of: id) else { return nil }
        return try await describe(id, entry: entry)
    }

    private func describe(_ id: JobID, entry: String) async throws(RedisError) -> JobDescription? {
        var parts = try await call("cw_show", id.token, entry).elements
        let place = parts.next()?.string ?? ""
        let fields = Self.dictionary(parts.next())
        var held = parts.next()?.elements.makeIterator()
        let tracked = Self.dictionary(parts.next())
        let now = parts.next()?.integer
        // What a tracked job left behind tells how it ended; where it is now is known better from where it was found.
        guard let state = JobState(rawValue: place.isEmpty ? tracked["state"] ?? "" : place),
            !place.isEmpty || state.hasEnded
        else { return nil }
        var holder: JobDescription.Holder?
        if let worker = held?.next()?.string, let silent = held?.next()?.integer, let times = held?.next()?.integer {
            holder = JobDescription.Holder(
                worker: WorkerID(description: worker), silentMilliseconds: silent, deliveries: times)
        }
        let remaining = Self.remaining(until: tracked["eta"].flatMap { Int($0) }, now: now)
        return JobDescription(
            id: id, state: state, fields: fields, holder: holder, tracked: tracked, remaining: remaining)
    }

    static func dictionary(_ value: RedisValue?) -> [String: String] {
        var fields: [String: String] = [:]
        guard var elements = value?.elements else { return fields }
        while let name = elements.next()?.string, let value = elements.next()?.string { fields[name] = value }
        return fields
    }
}
