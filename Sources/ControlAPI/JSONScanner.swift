/// Goes through a JSON text (RFC 8259) once, checks all of it, and tells where values are, so that they can be stored as they
/// were written: numbers with all their digits, keys in any script.
package struct JSONScanner {
    package struct Malformed: Error {}

    /// Recursion ends here; what is nested deeper is a mistake or an attack.
    private static let deepest = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    private let end: Int

    /// - Parameter bytes: UTF-8, which outlives the scanner.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil) {
        self.bytes = bytes
        (position, end) = (range?.lowerBound ?? 0, range?.upperBound ?? bytes.count)
    }

    /// The first byte of the value that comes next.
    package mutating func peek() throws(Malformed) -> UInt8 {
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            case let byte: return byte
            }
        }
        throw Malformed()
    }

    /// Nothing but space is left.
    package mutating func finish() throws(Malformed) {
        if (try? peek()) != nil { throw Malformed() }
    }

    /// Where the next value is.
    package mutating func value(depth: Int = 0) throws(Malformed) -> Range<Int> {
        let first = try peek()
        let start = position
        switch first {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "{"): try members(depth: depth) { (_, _) throws(Malformed) in }
        case UInt8(ascii: "["): try elements(depth: depth) { (_) throws(Malformed) in }
        case UInt8(ascii: "t"): try skip("true")
        case UInt8(ascii: "f"): try skip("false")
        case UInt8(ascii: "n"): try skip("null")
        default: try skipNumber()
        }
        return start..<position
    }

    /// The members of the object that comes next: where the name is, with its quotes, and the value.
    package mutating func members(
        depth: Int = 0, _ body: (_ name: Range<Int>, _ value: Range<Int>) throws(Malformed) -> Void
    ) throws(Malformed) {
        try open(UInt8(ascii: "{"), depth)
        if try take(UInt8(ascii: "}")) { return }
        repeat {
            guard try peek() == UInt8(ascii: "\"") else { throw Malformed() }
            let start = position
            try skipString()
            let name = start..<position
            guard try take(UInt8(ascii: ":")) else { throw Malformed() }
            try body(name, try value(depth: depth + 1))
        } while try goesOn(until: UInt8(ascii: "}"))
    }

    /// The elements of the array that comes next.
    package mutating func elements(
        depth: Int = 0, _ body: (_ value: Range<Int>) throws(Malformed) -> Void
    ) throws(Malformed) {
        try open(UInt8(ascii: "["), depth)
        if try take(UInt8(ascii: "]")) { return }
        repeat { try body(try value(depth: depth + 1)) } while try goesOn(until: UInt8(ascii: "]"))
    }

    // MARK: Pieces

    private mutating func open(_ bracket: UInt8, _ depth: Int) throws(Malformed) {
        guard depth < Self.deepest, try take(bracket) else { throw Malformed() }
    }

    private mutating func goesOn(until bracket: UInt8) throws(Malformed) -> Bool {
        if try take(UInt8(ascii: ",")) { return true }
        guard try take(bracket) else { throw Malformed() }
        return false
    }

    private mutating func take(_ byte: UInt8) throws(Malformed) -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ word: StaticString) throws(Malformed) {
        let count = word.utf8CodeUnitCount
        guard end - position >= count else { throw Malformed() }
        for offset in 0..<count {
            guard bytes[position + offset] == word.utf8Start[offset] else { throw Malformed() }
        }
        position += count
    }

    private mutating func skipString() throws(Malformed) {
        position += 1
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): try skipEscape()
            case 0..<0x20: throw Malformed()
            default: position += 1
            }
        }
        throw Malformed()
    }

    private mutating func skipEscape() throws(Malformed) {
        guard position + 1 < end else { throw Malformed() }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
            guard position + 6 <= end, bytes[(position + 2)..<(position + 6)].allSatisfy(Self.isHexadecimal) else {
                throw Malformed()
            }
            position += 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default: throw Malformed()
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private mutating func skipNumber() throws(Malformed) {
        if position < end, bytes[position] == UInt8(ascii: "-") { position += 1 }
        let start = position
        guard skipDigits() > 0 else { throw Malformed() }
        guard bytes[start] != UInt8(ascii: "0") || position == start + 1 else { throw Malformed() }
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw Malformed() }
        }
        guard position < end, bytes[position] | 0x20 == UInt8(ascii: "e") else { return }
        position += 1
        if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
            position += 1
        }
        guard skipDigits() > 0 else { throw Malformed() }
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        return position - start
    }
}
