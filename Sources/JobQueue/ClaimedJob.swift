internal import Jobs
internal import RedisClient

/// A job that a worker holds: a view into the answer it came in.
public struct ClaimedJob: Sendable {
    /// The fields we know, as places in `bytes`; empty when absent.
    private struct Fields {
        var type = 0..<0
        var args = 0..<0
        var token = 0..<0
        var trace = 0..<0
    }

    private let bytes: [UInt8]
    private let entryRange: Range<Int>
    private var fields = Fields()
    /// 1 for the first attempt.
    public private(set) var attempt = 1
    /// When the job was first enqueued, in milliseconds since 1970 by the clock of Redis.
    public private(set) var enqueuedMilliseconds = 0
    public private(set) var isTracked = false
    /// Whether another worker held the job before and died or lost it.
    public let wasRescued: Bool

    /// Reads `[entry, [name, value, …]]`; nil for an entry that is gone.
    init?(_ value: RedisValue, wasRescued: Bool = false) {
        var parts = value.elements
        guard let entry = parts.next()?.bytes, let list = parts.next() else { return nil }
        self.init(entry: entry, fields: list, wasRescued: wasRescued)
    }

    init?(entry: ArraySlice<UInt8>, fields list: RedisValue, wasRescued: Bool) {
        guard list.isArray else { return nil }
        // A slice shares the whole answer's storage; this is the same array, not a copy.
        bytes = list.allBytes
        entryRange = entry.startIndex..<entry.endIndex
        self.wasRescued = wasRescued
        enqueuedMilliseconds = Self.number(entry.prefix { $0 != UInt8(ascii: "-") })
        var elements = list.elements
        while let name = elements.next()?.bytes, let value = elements.next()?.bytes { note(name, value) }
    }

    private mutating func note(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        let range = value.startIndex..<value.endIndex
        switch name.count {
        case 4 where name.is("type"): fields.type = range
        case 4 where name.is("args"): fields.args = range
        case 2 where name.is("id"): fields.token = range
        case 5 where name.is("trace"): fields.trace = range
        case 5 where name.is("track"): isTracked = true
        case 7 where name.is("attempt"): attempt = max(1, Self.number(value))
        case 8 where name.is("enqueued"): enqueuedMilliseconds = Self.number(value)
        default: break
        }
    }

    /// The stream entry, which the worker's later words about the job name.
    public var entry: ArraySlice<UInt8> { bytes[entryRange] }
    /// What the producer wrote as its type; may be anything.
    public var type: ArraySlice<UInt8> { bytes[fields.type] }
    /// What the producer wrote as its payload; may be anything.
    public var args: ArraySlice<UInt8> { bytes[fields.args] }

    public var traceparent: String? {
        fields.trace.isEmpty ? nil : String(decoding: bytes[fields.trace], as: UTF8.self)
    }

    /// The job's token; the entry's own id when the producer gave none, or one that is no token.
    public var token: String {
        let given = bytes[fields.token]
        return String(decoding: JobID.isToken(given) ? given : entry, as: UTF8.self)
    }

    /// The number that these digits write; 0 for anything else.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), number < Int.max / 100 else { return 0 }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}

extension ArraySlice<UInt8> {
    fileprivate func `is`(_ text: StaticString) -> Bool {
        elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
