/// The header fields of a request, as they came, in one buffer: a text is made only of what is asked for.
package struct HTTPFields: Sendable {
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

    /// As the subscript, and whatever bytes it has.
    package func bytes(of name: String) -> ArraySlice<UInt8>? { field(name).map { bytes[$0.nameEnd..<$0.end] } }

    /// The values of all fields of this name, as one list.
    package func list(_ name: String) -> String {
        fields.filter { isNamed($0, name) }
            .map { String(decoding: bytes[$0.nameEnd..<$0.end], as: UTF8.self) }.joined(separator: ",")
    }

    /// How many fields have this name.
    package func count(of name: String) -> Int { fields.count { isNamed($0, name) } }

    private func field(_ name: String) -> Field? { fields.first { isNamed($0, name) } }

    private func isNamed(_ field: Field, _ name: String) -> Bool {
        guard field.nameEnd - field.start == name.utf8.count else { return false }
        return bytes[field.start..<field.nameEnd].elementsEqual(name.utf8) {
            Self.lowercase($0) == Self.lowercase($1)
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
