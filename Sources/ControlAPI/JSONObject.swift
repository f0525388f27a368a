internal import FoundationEssentials

/// The members of an object in a request, each asked for by its name; what nobody asked for is refused.
struct JSONObject {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where it stands in the request, as a JSON pointer.
    private let pointer: String
    private var members: [(name: Range<Int>, value: Range<Int>)] = []

    /// - Parameters:
    ///   - bytes: UTF-8, which outlives the object.
    ///   - range: a value that was scanned; nil for all of the bytes.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil, at pointer: String = "") throws(Refusal) {
        self.bytes = bytes
        self.pointer = pointer
        var members: [(name: Range<Int>, value: Range<Int>)] = []
        let isObject: Bool
        do throws(JSONScanner.Malformed) {
            var scanner = JSONScanner(bytes, range)
            isObject = try scanner.peek() == UInt8(ascii: "{")
            if isObject {
                members.reserveCapacity(8)
                try scanner.members { (name, value) throws(JSONScanner.Malformed) in members.append((name, value)) }
            } else {
                _ = try scanner.value()
            }
            if range == nil { try scanner.finish() }
        } catch {
            throw .malformed("The body is no JSON.")
        }
        guard isObject else { throw .invalid("\(pointer.isEmpty ? "The body" : pointer) must be an object.") }
        self.members = members
    }

    /// Takes a value as it stands; nil where there is none, or null.
    mutating func raw(_ name: StaticString) -> ArraySlice<UInt8>? {
        take(name).map { ArraySlice(bytes[$0]) }
    }

    mutating func text(_ name: StaticString) throws(Refusal) -> String? {
        guard let range = take(name) else { return nil }
        guard bytes[range.lowerBound] == UInt8(ascii: "\""), let text = Self.text(bytes[range]) else {
            throw wrong(name, "must be a text")
        }
        return text
    }

    mutating func flag(_ name: StaticString) throws(Refusal) -> Bool? {
        guard let range = take(name) else { return nil }
        switch bytes[range.lowerBound] {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: throw wrong(name, "must be true or false")
        }
    }

    mutating func integer(_ name: StaticString, in allowed: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let range = take(name) else { return nil }
        guard let number = Int(String(decoding: bytes[range], as: UTF8.self)), allowed.contains(number) else {
            throw wrong(name, "must be a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        return number
    }

    mutating func object(_ name: StaticString) throws(Refusal) -> JSONObject? {
        guard let range = take(name) else { return nil }
        return try JSONObject(bytes, range, at: "\(pointer)/\(name)")
    }

    mutating func texts(_ name: StaticString, atMost count: Int) throws(Refusal) -> [String]? {
        guard let range = take(name) else { return nil }
        var scanner = JSONScanner(bytes, range)
        var ranges: [Range<Int>] = []
        guard bytes[range.lowerBound] == UInt8(ascii: "["),
            (try? scanner.elements { (value) throws(JSONScanner.Malformed) in ranges.append(value) }) != nil,
            ranges.count <= count
        else { throw wrong(name, "must be an array of at most \(count) texts") }
        var texts: [String] = []
        for range in ranges {
            guard bytes[range.lowerBound] == UInt8(ascii: "\""), let text = Self.text(bytes[range]) else {
                throw wrong(name, "must be an array of texts")
            }
            texts.append(text)
        }
        return texts
    }

    /// All that was given has been asked for.
    func finish() throws(Refusal) {
        guard let member = members.first else { return }
        let name = Self.text(bytes[member.name]) ?? ""
        throw .invalid("\(pointer)/\(name.prefix(64)) is not known here.")
    }

    func wrong(_ name: StaticString, _ what: String) -> Refusal { .invalid("\(pointer)/\(name) \(what).") }

    private mutating func take(_ name: StaticString) -> Range<Int>? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard let index = members.firstIndex(where: { bytes[$0.name].dropFirst().dropLast().elementsEqual(wanted) })
        else { return nil }
        let range = members.remove(at: index).value
        return bytes[range.lowerBound] == UInt8(ascii: "n") ? nil : range
    }

    /// Of a string with its quotes.
    private static func text(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        guard bytes.contains(UInt8(ascii: "\\")) else {
            return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        }
        return try? JSONDecoder().decode(String.self, from: Data(bytes))
    }
}
