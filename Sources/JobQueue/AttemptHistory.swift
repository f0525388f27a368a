internal import FoundationEssentials
internal import Jobs

/// The attempts of a job that failed: the first one and the last nine.
public struct AttemptHistory: Sendable, Equatable {
    /// One attempt that failed.
    public struct Attempt: Sendable, Equatable {
        /// 1 for the first.
        public let number: Int
        /// What it said, the first 500 bytes.
        public let error: String
        /// The name of the error's Swift type; nil where no error was thrown.
        public let kind: String?
        /// Who ran it.
        public let worker: String
        public let duration: Duration
        /// When it failed, in milliseconds since 1970 by the clock of Redis.
        public let milliseconds: Int
    }

    /// How many attempts are left out, after the first.
    public let omitted: Int
    /// The oldest first.
    public let attempts: [Attempt]

    /// Reads a job's field `history`; nil for a text that is none, which a producer may have written.
    public init?(json: some Sequence<UInt8>) {
        guard let history = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = history
    }
}

extension AttemptHistory: Decodable {}

/// The years up to 9999: further away is no time, and no date can be made of it.
private let times = 0...253_402_300_799_999

extension AttemptHistory.Attempt: Decodable {
    private enum Key: String, CodingKey {
        case number = "attempt"
        case error, kind, worker
        case duration = "duration_ms"
        case milliseconds = "time_ms"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        number = try container.decode(Int.self, forKey: .number)
        error = try container.decode(String.self, forKey: .error)
        kind = try container.decodeIfPresent(String.self, forKey: .kind)
        worker = try container.decode(String.self, forKey: .worker)
        duration = .milliseconds(try container.decode(Int64.self, forKey: .duration))
        milliseconds = try container.decode(Int.self, forKey: .milliseconds)
        guard times.contains(milliseconds), duration >= .zero else {
            throw DecodingError.dataCorruptedError(forKey: .milliseconds, in: container, debugDescription: "no time")
        }
    }
}
