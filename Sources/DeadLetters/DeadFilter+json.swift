internal import FoundationEssentials
internal import Jobs

/// A filter as a replay remembers it, and as `--json` shows it; what is not set is left out.
extension DeadFilter: Codable {
    private enum Key: CodingKey {
        case ids, queues, type, reason, error, group, since, before, attempts, fields
    }

    /// One line of JSON.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("a filter that is no JSON") }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads what ``json`` writes.
    public init?(json: String) {
        guard let filter = try? JSONDecoder().decode(DeadFilter.self, from: Data(json.utf8)) else { return nil }
        self = filter
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if !ids.isEmpty { try container.encode(ids.map(\.description), forKey: .ids) }
        try container.encodeIfPresent(queues?.map(\.name), forKey: .queues)
        try container.encodeIfPresent(type, forKey: .type)
        try container.encodeIfPresent(reason, forKey: .reason)
        try container.encodeIfPresent(error, forKey: .error)
        try container.encodeIfPresent(group, forKey: .group)
        try container.encodeIfPresent(since.map(Timestamp.init), forKey: .since)
        try container.encodeIfPresent(before.map(Timestamp.init), forKey: .before)
        try container.encodeIfPresent(attempts.map { [$0.lowerBound, $0.upperBound] }, forKey: .attempts)
        if !fields.isEmpty { try container.encode(fields.map(\.description), forKey: .fields) }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func texts(_ key: Key) throws -> [String] { try container.decodeIfPresent([String].self, forKey: key) ?? [] }
        ids = try texts(.ids).compactMap { LetterID($0) }
        queues = container.contains(.queues) ? try texts(.queues).compactMap { QueueName($0) } : nil
        type = try container.decodeIfPresent(String.self, forKey: .type)
        reason = try container.decodeIfPresent(String.self, forKey: .reason)
        error = try container.decodeIfPresent(String.self, forKey: .error)
        group = try container.decodeIfPresent(String.self, forKey: .group)
        since = try container.decodeIfPresent(Timestamp.self, forKey: .since)?.milliseconds
        before = try container.decodeIfPresent(Timestamp.self, forKey: .before)?.milliseconds
        let bounds = try container.decodeIfPresent([Int].self, forKey: .attempts)
        attempts = bounds.flatMap { $0.count == 2 && $0[0] <= $0[1] ? $0[0]...$0[1] : nil }
        fields = try texts(.fields).compactMap { FieldCondition($0) }
    }
}
