internal import Jobs
public import RedisClient

/// What became of tracked jobs, for those who watch: the newest changes of a queue, for an hour. See `tell` in library.lua.
extension JobQueue {
    /// So many are kept, and perhaps a few more.
    public static let mostChanges = 1000
    /// For so long after the last one.
    public static let changesAreKeptFor = Duration.seconds(3600)

    /// Those of a time, in ms since 1970 by the clock of Redis, the oldest first; nil when they were so many that some of
    /// them may be gone.
    public func changes(in time: Range<Int>) async throws(RedisError) -> [JobChange]? {
        let (found, isAll) = try await changes("XRANGE", "\(time.lowerBound)", "+")
        return isAll ? found.filter { $0.milliseconds < time.upperBound } : nil
    }

    /// The newest before a time, the oldest of them first, and since when they are all that there were.
    public func changes(before end: Int) async throws(RedisError) -> (changes: [JobChange], since: Int) {
        let (found, isAll) = try await changes("XREVRANGE", "+", "-")
        let kept = end - Int(Self.changesAreKeptFor.components.seconds) * 1000
        let since = isAll ? kept : max(kept, (found.last?.milliseconds ?? end) + 1)
        return (found.reversed().filter { since <= $0.milliseconds && $0.milliseconds < end }, since)
    }

    private func changes(
        _ command: String, _ from: String, _ to: String
    ) async throws(RedisError) -> (found: [JobChange], isAll: Bool) {
        do throws(RedisError) {
            let answer = try await client.call(command, keys.events, from, to, "COUNT", "\(Self.mostChanges)")
            return (answer.elements.compactMap(change), answer.count < Self.mostChanges)
        } catch {
            // What somebody else wrote there is no change of a job.
            guard error.code == .wrongType else { throw error }
            return ([], true)
        }
    }

    private func change(_ entry: RedisValue) -> JobChange? {
        var parts = entry.elements
        guard let milliseconds = parts.next()?.string.flatMap({ StreamEntryID.milliseconds($0) }) else { return nil }
        let fields = Self.dictionary(parts.next())
        guard let id = JobID(queue: name, token: fields["id"] ?? ""), let state = fields["state"] else { return nil }
        return JobChange(
            milliseconds: milliseconds, id: id, type: fields["type"] ?? "", state: state,
            attempt: Int(fields["attempt"] ?? "") ?? 1, progress: fields["progress"].flatMap { Double($0) })
    }
}
