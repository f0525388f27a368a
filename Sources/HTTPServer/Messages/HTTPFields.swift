/// The header fields of a request, as they came, in one buffer: a text is made only of what is asked for.
package struct HTTPFields: Sendable {
    /// How often a field stands in a request.
    package enum Occurrence: Sendable {
        case never
        case once(ArraySlice<UInt8>)
        /// What it says then nobody knows.
        case repeatedly

        /// Of the field that stands once.
        package var value: ArraySlice<UInt8>? { if case .once(let value) = self { value } else { nil } }

        /// Nil also where it is not UTF-8.
        package var text: String? { value.flatMap { String(validating: $0, as: UTF8.self) } }
    }

    private struct Field {
        let start: Int
        let nameEnd: Int
        let end: Int
    }

    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    package init() { self.init(reserving: 12) }

    private init(reserving count: Int) {
        bytes.reserveCapacity(count * 42)
        fields.reserveCapacity(count)
    }

    package mutating func append(name: some Sequence<UInt8>, value: some Sequence<UInt8>) {
        let start = bytes.count
        bytes += name
        let nameEnd = bytes.count
        bytes += value
        fields.append(Field(start: start, nameEnd: nameEnd, end: bytes.count))
    }

    /// The fields of this name alone.
    func only(_ name: String) -> HTTPFields {
        var kept = HTTPFields(reserving: 0)
        for field in fields where isNamed(field, name) {
            kept.append(name: bytes[field.start..<field.nameEnd], value: bytes[field.nameEnd..<field.end])
        }
        return kept
    }

    /// The value of the first field of this name, written in any case; nil where there is none, or it is not UTF-8.
    package subscript(name: String) -> String? {
        field(name).flatMap { String(validating: bytes[$0.nameEnd..<$0.end], as: UTF8.self) }
    }

    /// The values of all fields of this name, as one list.
    package func list(_ name: String) -> String {
        fields.filter { isNamed($0, name) }
            .map { String(decoding: bytes[$0.nameEnd..<$0.end], as: UTF8.self) }.joined(separator: ",")
    }

    /// Whether a field of this name stands in the request, and what it says when it is the only one.
    package func occurrence(of name: String) -> Occurrence {
        var occurrence = Occurrence.never
        for field in fields where isNamed(field, name) {
            guard case .never = occurrence else { return .repeatedly }
            occurrence = .once(bytes[field.nameEnd..<field.end])
        }
        return occurrence
    }

    private func field(_ name: String) -> Field? { fields.first { isNamed($0, name) } }

    private func isNamed(_ field: Field, _ name: String) -> Bool {
        guard field.nameEnd - field.start == name.utf8.count else { return false }
        var name = name
        return name.withUTF8 { name in
            bytes.withUnsafeBufferPointer { bytes in
                name.indices.allSatisfy { Self.lowercase(bytes[field.start + $0]) == Self.lowercase(name[$0]) }
            }
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
