/// Checks that a text is strict JSON (RFC 8259) and notes where its values are, in one pass.
///
/// Everything is checked here, also in values nobody asks for, so that decoding meets no surprise. The scanner is
/// stricter than `JSONDecoder`: what it refuses is merely read a second time. It refuses, though they are allowed, keys
/// with escapes or outside ASCII (two spellings of one key are hard to tell from bytes) and nesting deeper than
/// ``deepest``.
///
/// It works on plain memory, because arrays with their checks and reference counts made the scan a quarter slower.
/// Every read is behind a comparison of `position` with `bytes.count`, every write behind one of `count` with
/// `entries.count`, and both buffers outlive the scanner: ``scan(_:into:)`` has it to itself.
struct PayloadScanner {
    enum Outcome {
        /// The document is sound; the first entry is the whole of it.
        case scanned
        /// There are more values than entries.
        case full
        /// Not JSON, or not of the kind we read.
        case refused
    }

    /// Recursion ends here; a payload nested deeper is a mistake or an attack.
    static let deepest = 64

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private let entries: UnsafeMutableBufferPointer<PayloadEntry>
    private var count = 0
    private var isFull = false

    /// - Parameters:
    ///   - bytes: at most ``PayloadDocument/mostBytes`` of text.
    ///   - entries: memory for the entries. One for every two bytes is always enough: a value takes at least a byte
    ///     and a separator, or two brackets.
    /// - Returns: how it went.
    static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, into entries: UnsafeMutableBufferPointer<PayloadEntry>
    ) -> Outcome {
        var scanner = PayloadScanner(bytes: bytes, entries: entries)
        do {
            try scanner.scanDocument()
            return .scanned
        } catch {
            return scanner.isFull ? .full : .refused
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, entries: UnsafeMutableBufferPointer<PayloadEntry>) {
        self.bytes = bytes
        self.entries = entries
    }

    private mutating func scanDocument() throws(UnfamiliarPayload) {
        try scanValue(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw UnfamiliarPayload() }
    }

    private mutating func scanValue(depth: Int) throws(UnfamiliarPayload) {
        switch try firstByte() {
        case UInt8(ascii: "\""): try addString()
        case UInt8(ascii: "{"): try addObject(depth: depth)
        case UInt8(ascii: "["): try addArray(depth: depth)
        case UInt8(ascii: "t"): try add(.true, "true")
        case UInt8(ascii: "f"): try add(.false, "false")
        case UInt8(ascii: "n"): try add(.null, "null")
        default: try addNumber()
        }
    }

    private mutating func addObject(depth: Int) throws(UnfamiliarPayload) {
        let object = try open(.object, depth: depth)
        var count: Int32 = 0
        if try !skip(UInt8(ascii: "}")) {
            repeat {
                try addKey()
                try scanValue(depth: depth + 1)
                count += 1
            } while try goesOn(until: UInt8(ascii: "}"))
        }
        close(object, count: count)
    }

    private mutating func addArray(depth: Int) throws(UnfamiliarPayload) {
        let array = try open(.array, depth: depth)
        var count: Int32 = 0
        if try !skip(UInt8(ascii: "]")) {
            repeat {
                try scanValue(depth: depth + 1)
                count += 1
            } while try goesOn(until: UInt8(ascii: "]"))
        }
        close(array, count: count)
    }

    private mutating func addKey() throws(UnfamiliarPayload) {
        guard try firstByte() == UInt8(ascii: "\"") else { throw UnfamiliarPayload() }
        let text = try scanString()
        guard text.isASCII, !text.isEscaped else { throw UnfamiliarPayload() }
        try add(.string, start: text.start, end: text.end)
        guard try skip(UInt8(ascii: ":")) else { throw UnfamiliarPayload() }
    }

    private mutating func addString() throws(UnfamiliarPayload) {
        let text = try scanString()
        try add(text.isEscaped ? .escapedString : .string, start: text.start, end: text.end)
    }

    private mutating func addNumber() throws(UnfamiliarPayload) {
        let start = position
        let kind = try scanNumber()
        try add(kind, start: start, end: position)
    }

    private mutating func add(_ kind: PayloadEntry.Kind, _ word: StaticString) throws(UnfamiliarPayload) {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == word.utf8Start[offset] else { throw UnfamiliarPayload() }
            position += 1
        }
        try add(kind, start: start, end: position)
    }

    @inline(__always)
    private mutating func add(_ kind: PayloadEntry.Kind, start: Int, end: Int) throws(UnfamiliarPayload) {
        guard count < entries.count else {
            isFull = true
            throw UnfamiliarPayload()
        }
        // All of these are small: there are no more entries than bytes.
        let entry = PayloadEntry(
            start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: end &- start),
            next: Int32(truncatingIfNeeded: count &+ 1), kind: kind)
        entries.initializeElement(at: count, to: entry)
        count += 1
    }

    private mutating func open(_ kind: PayloadEntry.Kind, depth: Int) throws(UnfamiliarPayload) -> Int {
        guard depth < Self.deepest else { throw UnfamiliarPayload() }
        try add(kind, start: position, end: position)
        position += 1
        return count - 1
    }

    private func close(_ container: Int, count elements: Int32) {
        entries[container].count = elements
        entries[container].next = Int32(truncatingIfNeeded: count)
    }

    /// Reads the comma before another element (true) or the end of the container (false).
    private mutating func goesOn(until end: UInt8) throws(UnfamiliarPayload) -> Bool {
        if try skip(UInt8(ascii: ",")) { return true }
        guard try skip(end) else { throw UnfamiliarPayload() }
        return false
    }

    /// Goes past a byte and the space before it, if that byte is next.
    @inline(__always)
    private mutating func skip(_ byte: UInt8) throws(UnfamiliarPayload) -> Bool {
        guard try firstByte() == byte else { return false }
        position += 1
        return true
    }

    /// The next byte that is no space; it is left to be read.
    @inline(__always)
    private mutating func firstByte() throws(UnfamiliarPayload) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw UnfamiliarPayload() }
        return bytes[position]
    }

    @inline(__always)
    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }
}
