internal import FoundationEssentials
public import Jobs
public import Platform
public import RedisClient

/// What tracked jobs say while they run: the newest lines of each, for as long as it is tracked. See log.lua.
extension JobQueue {
    /// More than are ever kept of one job.
    public static let mostLogLines = 200

    /// Keeps what a job says; nothing of one that is not tracked.
    /// - Returns: false when the worker did not hold it any more.
    public func log(
        _ lines: [JobLogLine], of job: ClaimedJob, by worker: WorkerID, deadline: MonotonicTime? = nil
    ) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        begin("cw_log", arguments: 2 + 3 * lines.count, in: &pipeline)
        pipeline.append(worker.description)
        pipeline.append(job.entry)
        for line in lines {
            pipeline.append(line.level)
            pipeline.append(line.message)
            pipeline.append(line.fields.isEmpty ? "" : Self.json(line.fields))
        }
        return try await library.send(pipeline, deadline: deadline).integer == 1
    }

    /// What a job said, the oldest line first.
    /// - Parameters:
    ///   - after: the id of a line; nil for all that is kept.
    public func log(
        of id: JobID, after: String? = nil, atMost limit: Int = mostLogLines
    ) async throws(RedisError) -> [JobLogLine] {
        try await lines(of: id, from: after.map { "(\($0)" } ?? "-", to: "+", limit)
    }

    /// What a job said in a time, in ms since 1970 by the clock of Redis.
    public func log(of id: JobID, in time: Range<Int>) async throws(RedisError) -> [JobLogLine] {
        try await lines(of: id, from: "\(time.lowerBound)", to: "\(time.upperBound - 1)", Self.mostLogLines)
    }

    private func lines(
        of id: JobID, from first: String, to last: String, _ limit: Int
    ) async throws(RedisError) -> [JobLogLine] {
        do throws(RedisError) {
            return try await client.call("XRANGE", keys.log(of: id.token), first, last, "COUNT", "\(limit)")
                .elements.compactMap(Self.line)
        } catch {
            // What somebody else wrote there is nothing that the job said.
            guard error.code == .wrongType else { throw error }
            return []
        }
    }

    private static func line(_ entry: RedisValue) -> JobLogLine? {
        var parts = entry.elements
        guard let id = parts.next()?.string, let milliseconds = StreamEntryID.milliseconds(id) else { return nil }
        let fields = dictionary(parts.next())
        var line = JobLogLine(
            level: fields["level"] ?? "info", message: fields["message"] ?? "",
            fields: fields["fields"].flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
                ?? [:])
        (line.id, line.milliseconds, line.attempt) = (id, milliseconds, Int(fields["attempt"] ?? "") ?? 1)
        return line
    }

    private static func json(_ fields: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(fields) else { preconditionFailure("texts are always JSON") }
        return String(decoding: json, as: UTF8.self)
    }
}
