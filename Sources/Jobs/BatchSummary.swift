import FoundationEssentials

/// What a batch looked like when its callback was enqueued.
public struct BatchSummary: Sendable, Equatable {
    public enum Event: String, Sendable, Decodable {
        /// All members have ended.
        case complete
        /// All members are done.
        case success
        /// The first member has died.
        case death
    }

    public let id: BatchID
    public let event: Event
    public let name: String?
    /// All members that were ever added.
    public let total: Int
    public let pending: Int
    public let done: Int
    public let dead: Int
    /// Discarded, cancelled or expired.
    public let other: Int
    public let isCancelled: Bool

    /// For tests: Redis tells it to callbacks.
    public init(
        id: BatchID, event: Event, name: String? = nil, pending: Int = 0, done: Int = 0, dead: Int = 0, other: Int = 0,
        isCancelled: Bool = false
    ) {
        self.id = id
        self.event = event
        self.name = name
        self.pending = pending
        self.done = done
        self.dead = dead
        self.other = other
        self.isCancelled = isCancelled
        total = pending + done + dead + other
    }
}

extension BatchSummary: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id = "batch"
        case event, name, total, pending, done, dead, other
        case isCancelled = "cancelled"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard let id = BatchID(try values.decode(String.self, forKey: .id)) else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: values, debugDescription: "no id of a batch")
        }
        self.id = id
        event = try values.decode(Event.self, forKey: .event)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        total = try values.decode(Int.self, forKey: .total)
        pending = try values.decode(Int.self, forKey: .pending)
        done = try values.decode(Int.self, forKey: .done)
        dead = try values.decode(Int.self, forKey: .dead)
        other = try values.decode(Int.self, forKey: .other)
        isCancelled = try values.decode(Bool.self, forKey: .isCancelled)
    }
}

extension BatchSummary {
    /// Reads what Redis wrote for a callback.
    public init(json: some Collection<UInt8>) throws { self = try JSONDecoder().decode(Self.self, from: Data(json)) }
}
