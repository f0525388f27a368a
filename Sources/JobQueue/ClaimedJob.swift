internal import Jobs
internal import RedisClient
public import Tracing

/// A job that a worker holds: a view into the answer it came in.
public final class ClaimedJob: Sendable {
    private let bytes: [UInt8]
    private let entryRange: Range<Int>
    /// Where the answer has another name for the entry.
    private let entryName: [UInt8]?
    private let fields: Fields
    /// Whether another worker held the job before and died or lost it.
    public let wasRescued: Bool

    /// Reads `[entry, [name, value, …]]`; nil for an entry that is gone.
    convenience init?(_ value: RedisValue, of lane: Lane = .ordinary) {
        var parts = value.elements
        guard let entry = parts.next()?.bytes, let list = parts.next() else { return nil }
        self.init(
            entry: entry, named: lane == .ordinary ? nil : lane.name(of: entry), fields: list, wasRescued: false)
    }

    init?(entry: ArraySlice<UInt8>, named name: [UInt8]? = nil, fields list: RedisValue, wasRescued: Bool) {
        guard list.isArray else { return nil }
        // A slice shares the whole answer's storage; this is the same array, not a copy.
        bytes = list.allBytes
        entryRange = entry.startIndex..<entry.endIndex
        entryName = name
        fields = Fields(list, entry: entry)
        self.wasRescued = wasRescued
    }

    /// 1 for the first attempt.
    public var attempt: Int { fields.attempt }
    /// Workers that died with it before it was last put off.
    public var crashes: Int { fields.crashes }
    /// When the job was first enqueued, in milliseconds since 1970 by the clock of Redis.
    public var enqueuedMilliseconds: Int { fields.enqueuedMilliseconds }
    /// When it last became ready, in milliseconds since 1970 by the clock of Redis.
    public var readyMilliseconds: Int { fields.readyMilliseconds }
    public var isTracked: Bool { fields.isTracked }
    /// Whether it ends with ``JobQueue/finish(_:as:result:by:)``, because something waits for its end.
    public var endsAlone: Bool { fields.endsAlone }
    /// When it is not worth running any more, in milliseconds since 1970 by the clock of Redis; 0 for never.
    public var expiresMilliseconds: Int { fields.expiresMilliseconds }
    /// The fire time of the schedule that enqueued it, in milliseconds since 1970; 0 for any other job.
    public var scheduledForMilliseconds: Int { fields.scheduledForMilliseconds }

    /// The stream entry, which the worker's later words about the job name.
    public var entry: ArraySlice<UInt8> { entryName.map { $0[...] } ?? bytes[entryRange] }
    /// Where it was ready.
    public var lane: Lane { Lane(ofEntry: entry) }
    /// What the producer wrote as its type; may be anything.
    public var type: ArraySlice<UInt8> { bytes[fields.type] }
    /// What the producer wrote as its payload; may be anything.
    public var args: ArraySlice<UInt8> { bytes[fields.args] }

    /// The id that the producer gave, when it is not the entry's; may be anything.
    var givenToken: ArraySlice<UInt8>? { fields.token.isEmpty ? nil : bytes[fields.token] }

    /// JSON: what the job before it in its chain left; nil for none.
    public var input: ArraySlice<UInt8>? { fields.input.isEmpty ? nil : bytes[fields.input] }
    /// Whether jobs come after it, which get its result.
    public var hasLinks: Bool { fields.hasLinks }
    /// The token of the batch of which it is a member; may be anything.
    public var batchToken: ArraySlice<UInt8>? { fields.batch.isEmpty ? nil : bytes[fields.batch] }
    /// JSON: what a callback is told of its batch; may be anything.
    public var callback: ArraySlice<UInt8>? { fields.callback.isEmpty ? nil : bytes[fields.callback] }

    /// What its producer sent along, without the state of vendors; may be anything.
    public var traceparent: String? {
        let text = bytes[fields.trace].prefix { $0 != UInt8(ascii: ";") }
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }

    /// The span below which it stands; nil for none, and for what is none.
    public var trace: TraceContext? {
        fields.trace.isEmpty ? nil : TraceContext(field: String(decoding: bytes[fields.trace], as: UTF8.self))
    }

    /// The job's token; the entry's own id when the producer gave none, or one that is no token.
    public var token: String {
        let given = bytes[fields.token]
        return String(decoding: JobID.isToken(given) ? given : entry, as: UTF8.self)
    }
}
