/// Reads a file of the IANA database: TZif of version 2 or later (RFC 8536). Its first block is for older programs.
enum TimeZoneFile {
    /// Nil for bytes that are no such file, and for one that counts leap seconds: our clocks do not.
    static func read(_ bytes: [UInt8]) -> TimeZoneRules? {
        var reader = Reader(bytes: bytes)
        guard let first = reader.header(), first.version >= UInt8(ascii: "2"), reader.skip(first.size(timeBytes: 4)),
            let header = reader.header(), header.leapSeconds == 0
        else { return nil }
        return rules(header, &reader)
    }

    private static func rules(_ header: Header, _ reader: inout Reader) -> TimeZoneRules? {
        guard header.size(timeBytes: 8) <= reader.remaining, header.types > 0 else { return nil }
        let times = (0..<header.times).map { _ in reader.number(bytes: 8) }
        let types = (0..<header.times).map { _ in reader.number(bytes: 1) }
        let offsets = (0..<header.types).map { _ in reader.offset() }
        guard reader.skip(header.sizeOfTheRest), isAscending(times), types.allSatisfy({ $0 < header.types }),
            offsets.allSatisfy({ abs($0) <= mostOffset }), let footer = reader.footer()
        else { return nil }
        var rules = TimeZoneRules(firstOffset: offsets[0])
        rules.transitions = zip(times, types).map { .init(time: $0, offset: offsets[$1]) }
        guard !footer.isEmpty else { return rules }
        rules.rule = YearlyTimeZoneRule(footer)
        return rules.rule == nil ? nil : rules
    }

    private static let mostOffset = 26 * 3600

    private static func isAscending(_ times: [Int]) -> Bool {
        zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
    }

    private struct Header {
        var version: UInt8
        var utIndicators: Int
        var standardIndicators: Int
        var leapSeconds: Int
        var times: Int
        var types: Int
        var letters: Int

        /// The bytes of the block behind it.
        func size(timeBytes: Int) -> Int {
            times * (timeBytes + 1) + types * 6 + letters + leapSeconds * (timeBytes + 4) + standardIndicators
                + utIndicators
        }

        /// Abbreviations and indicators, which say nothing of offsets.
        var sizeOfTheRest: Int { letters + standardIndicators + utIndicators }
    }

    private struct Reader {
        let bytes: [UInt8]
        private var index = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var remaining: Int { bytes.count - index }

        mutating func skip(_ count: Int) -> Bool {
            guard count <= remaining else { return false }
            index += count
            return true
        }

        /// The next bytes as a signed number for eight of them, else an unsigned one; the caller knows that they are there.
        mutating func number(bytes count: Int) -> Int {
            defer { index += count }
            return Int(truncatingIfNeeded: bytes[index..<index + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }

        /// One local time type: its offset; what it is called and whether it is daylight saving makes no difference.
        mutating func offset() -> Int {
            defer { index += 2 }
            return Int(Int32(truncatingIfNeeded: number(bytes: 4)))
        }

        mutating func header() -> Header? {
            guard remaining >= 44, bytes[index..<index + 4].elementsEqual("TZif".utf8) else { return nil }
            let version = bytes[index + 4]
            index += 20
            let counts = (0..<6).map { _ in number(bytes: 4) }
            guard counts.allSatisfy({ $0 <= bytes.count }) else { return nil }
            return Header(
                version: version, utIndicators: counts[0], standardIndicators: counts[1], leapSeconds: counts[2],
                times: counts[3], types: counts[4], letters: counts[5])
        }

        /// The text between the last two line ends.
        mutating func footer() -> ArraySlice<UInt8>? {
            let lineEnd = UInt8(ascii: "\n")
            guard remaining >= 2, bytes[index] == lineEnd else { return nil }
            let text = bytes[(index + 1)...].prefix { $0 != lineEnd }
            return index + 1 + text.count < bytes.count ? text : nil
        }
    }
}
